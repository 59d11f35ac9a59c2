"""`manage.py members`: list, add and change members."""

from __future__ import annotations

import re
from getpass import getpass
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.actor import OWNER, Role
from chat.errors import ChatError
from chat.members.passwords import encode
from chat.store.allowance import LARGEST
from chat.store.members import (
    StoredMember,
    add_member,
    change_member,
    ensure_owner,
    find_member,
    find_named,
    list_members,
)
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from chat.terminal.refused import refused
from chat.text.names import clean

OWNER_WORD = "owner"
"""The name of the owner in this command, as the owner may have no name yet."""
_COLOUR = re.compile(r"(#[0-9a-fA-F]{6})?")


_LIMITS = {
    "messages_per_minute": "messages a minute",
    "messages_per_day": "messages within 24 hours",
    "runs_at_once": "answers being written at once",
    "prompt_tokens": "tokens of a question with its history",
    "remote_tokens_per_day": "tokens of models of providers within 24 hours",
}
_REMOTE = {"yes": True, "no": False, "usual": None}


class Command(BaseCommand):
    """Lists, adds or changes members. Their devices are paired by `manage.py pair --member NAME`,
    or by name and password.
    """

    help = "List the members, add one, or change one."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--add", metavar="NAME", help="add a member of this name")
        parser.add_argument("--colour", default="", metavar="#RRGGBB", help="shown beside the name")
        parser.add_argument("--change", metavar="NAME", help="the member whom what follows is for")
        parser.add_argument(
            "--password", action="store_true", help="ask for a new password; an empty one is none"
        )
        for limit, meaning in _LIMITS.items():
            option = f"--{limit.replace('_', '-')}"
            parser.add_argument(
                option,
                metavar="N",
                type=_limit,
                default=...,
                help=f"{meaning}; 0 is no limit, `usual` what the server's settings say",
            )
        parser.add_argument(
            "--remote-models",
            choices=_REMOTE,
            help="whether models of providers may be used, which questions leave this computer "
            "for; `usual` is what the server's settings say for the role",
        )

    def handle(
        self,
        *args: Any,
        add: str | None,
        colour: str,
        change: str | None = None,
        password: bool = False,
        remote_models: str | None = None,
        **options: Any,
    ) -> None:
        changes = {name: options[name] for name in _LIMITS if options.get(name, ...) is not ...}
        if remote_models is not None:
            changes["remote_models"] = _REMOTE[remote_models]
        if add is not None:
            change = _add(add, colour).id
        elif change is not None:
            change = _found(change).id
        elif changes or password:
            raise Refusal(
                pick("请用 --change 名字 说明是谁。", "Say whose by --change NAME."), exit_code=2
            )
        if change is not None:
            secret = {"password": _read_password()} if password else {}
            change_member(change, changes | secret)
        for member in list_members():
            self.stdout.write(_line(member))


def _limit(text: str) -> int | None:
    return None if text == "usual" else _whole(text)


def _whole(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST:
        raise ValueError(text)
    return number


def _add(name: str, colour: str) -> StoredMember:
    if not _COLOUR.fullmatch(colour):
        raise Refusal(
            pick("颜色请写成 #c2410c 这样。", "Write the colour like #c2410c."), exit_code=2
        )
    try:
        return add_member(clean(name), colour)
    except ChatError:
        raise Refusal(
            pick("名字里没有可显示的字符。", "This name has nothing to show."), exit_code=2
        ) from None


def _found(name: str) -> StoredMember:
    ensure_owner()
    try:
        return find_member(OWNER) if name == OWNER_WORD else find_named(clean(name))
    except ChatError as error:
        raise refused(error) from None


def _read_password() -> str:
    """The encoded new password, read from the terminal without echo."""
    try:
        return encode(getpass(pick("新密码：", "New password: ")))
    except ChatError as error:
        raise refused(error, exit_code=2) from None


def _line(member: StoredMember) -> str:
    paired = pick(f"{member.devices} 台设备", f"{member.devices} devices")
    shown = (*_LIMITS, "remote_models")
    limits = (f"{name}={value}" for name in shown if (value := getattr(member, name)) is not None)
    password = [pick("有密码", "password")] if member.has_password else []
    return "  ".join([_name(member), _role(member.role), paired, *password, *limits])


def _name(member: StoredMember) -> str:
    return member.name or pick("（未命名）", "(no name)")


def _role(role: Role) -> str:
    match role:
        case Role.OWNER:
            return pick("管理员", "owner")
        case Role.GUEST:
            return pick("临时访客", "guest of today")
        case _:
            return pick("成员", "member")
