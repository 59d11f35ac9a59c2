"""`manage.py apikey`: API keys of programs."""

from __future__ import annotations

from typing import Any

from asgiref.sync import async_to_sync
from django.core.management.base import BaseCommand, CommandParser

from chat.actor import OWNER
from chat.conf import conf
from chat.errors import ChatError
from chat.members import pairing
from chat.store.devices import StoredDevice, list_devices, revoke_device
from chat.store.members import StoredMember, ensure_owner, find_member, find_named
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.refused import refused


class Command(BaseCommand):
    """Creates, lists and revokes keys in the database, also while a server is running."""

    help = "Make, list or revoke keys by which programs use the API."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        create = actions.add_parser("create", help="make a key; it is shown this once")
        create.add_argument("name", metavar="NAME", help="what the key is for")
        create.add_argument("--member", metavar="NAME", help="whose key it will be")
        actions.add_parser("list", help="the keys that let somebody in")
        revoke = actions.add_parser("revoke", help="let nobody in by this key any more")
        revoke.add_argument("name", metavar="NAME", help="the key's name or id")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        try:
            match action:
                case "create":
                    self._create(options["name"], options["member"])
                case "revoke":
                    self._revoke(options["name"])
                case _:
                    self._list()
        except ChatError as error:
            raise refused(error) from None

    def _create(self, name: str, member: str | None) -> None:
        if not conf().pairing:
            raise Refusal(
                pick(
                    "没有启用配对（MYLLM_PAIRING=0）：API 不需要密钥。",
                    "Pairing is not enabled (MYLLM_PAIRING=0): the API wants no key.",
                )
            )
        made = async_to_sync(pairing.issue_key)(_whose(member).id, name)
        self.stdout.write(made.token)
        # To stderr, so that redirected output contains only the key.
        self.stderr.write(
            pick(
                "请现在保存：它只显示这一次。用法：Authorization: Bearer 密钥；取消："
                f"manage.py apikey revoke {made.device.id}",
                "Keep it now: it is shown this once. Use: Authorization: Bearer KEY; revoke: "
                f"manage.py apikey revoke {made.device.id}",
            )
        )

    def _list(self) -> None:
        for key in _keys():
            self.stdout.write(_line(key))

    def _revoke(self, name: str) -> None:
        meant = [key for key in _keys() if name in (key.id, key.name)]
        if len(meant) != 1:
            raise _unclear(name, len(meant))
        revoke_device(meant[0].id, None)
        self.stdout.write(_line(meant[0]))


def _keys() -> list[StoredDevice]:
    return [device for device in list_devices(None) if device.is_key]


def _whose(name: str | None) -> StoredMember:
    ensure_owner()
    return find_member(OWNER) if name is None else find_named(name)


def _line(key: StoredDevice) -> str:
    member = find_member(key.member).name or pick("管理员", "owner")
    seen = pick("从未使用", "never used")
    if key.last_seen:
        seen = pick("最近使用 ", "last used ") + f"{key.last_seen.astimezone():%Y-%m-%d %H:%M}"
    return f"{key.id}  {key.name}  {member}  {seen}"


def _unclear(name: str, found: int) -> Refusal:
    if found:
        return Refusal(
            pick(
                f"有 {found} 个密钥叫 {name}：请写编号，见 manage.py apikey list。",
                f"{found} keys are called {name}: give the id, see manage.py apikey list.",
            )
        )
    return Refusal(
        pick(
            f"没有叫 {name} 的密钥；manage.py apikey list 列出全部。",
            f"There is no key {name}; manage.py apikey list shows them all.",
        )
    )
