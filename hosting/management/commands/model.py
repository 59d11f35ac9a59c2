"""`manage.py model`: the list of models."""

from __future__ import annotations

from contextlib import ExitStack
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.ownership.own_data import own_data
from chat.terminal.language import pick
from hosting.model_list.access import Entry, ModelAccess
from hosting.model_list.download import follow_download
from hosting.model_list.lines import (
    detail_lines,
    found_line,
    listed_line,
    offered_line,
)
from hosting.running.api import ServerApi
from hosting.running.server import running_server
from hosting.schema import ensure_schema
from hosting.terminal_chat.chosen_model import chosen_model


class Command(BaseCommand):
    """Uses the server that runs on the data folder; without one, its database."""

    help = "List, add, download, choose and remove models."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        listing = actions.add_parser("list", help="the models of this server")
        listing.add_argument(
            "--all", action="store_true", help="also what is on this computer, and what is offered"
        )
        add = actions.add_parser("add", help="add one to the list: an offered model, a file, …")
        add.add_argument("spec", metavar="MODEL", help="as in MYLLM_MODELS, see docs/settings.md")
        add.add_argument("--name", default="", help="what it is called in the list")
        add.add_argument("--owner-only", action="store_true", help="for the owner alone")
        add.add_argument("--default", action="store_true", help="make it the default")
        pull = actions.add_parser("pull", help="add it if need be, and wait for its download")
        pull.add_argument("spec", metavar="MODEL", help="a model of the list, or one to be added")
        use = actions.add_parser("use", help="make it the default")
        use.add_argument("model", metavar="NAME", help="a model of the list")
        remove = actions.add_parser("rm", help="take it off the list")
        remove.add_argument("model", metavar="NAME", help="a model of the list")
        remove.add_argument(
            "--files", action="store_true", help="also delete what was downloaded for it"
        )
        info = actions.add_parser("info", help="all that is known of one")
        info.add_argument("model", metavar="NAME", help="a model of the list")

    def handle(self, *args: Any, action: str, **options: Any) -> None:
        ensure_schema()
        with ExitStack() as opened:
            access = _access(opened, changes=action not in ("list", "info"))
            match action:
                case "list":
                    self._list(access, everything=options["all"])
                case "add":
                    self._add(access, options)
                case "pull":
                    self._pull(access, options["spec"])
                case "use":
                    self._print(access.change(_chosen(access, options["model"]), {"default": True}))
                case "rm":
                    self._remove(access, options["model"], files=options["files"])
                case _:
                    self._info(access, options["model"])

    def _list(self, access: ModelAccess, *, everything: bool) -> None:
        for model in access.models():
            self._print(model)
        if not everything:
            return
        self.stdout.write(pick("\n这台电脑上已有的：", "\nOn this computer already:"))
        for entry in access.found():
            self.stdout.write(found_line(entry))
        self.stdout.write(pick("\n可以下载的：", "\nTo be downloaded:"))
        for entry in access.offer():
            self.stdout.write(offered_line(entry))

    def _add(self, access: ModelAccess, options: dict[str, Any]) -> None:
        wanted = {name: options[name] for name in ("spec", "name", "owner_only", "default")}
        added = access.add(wanted)
        if added["download"] is not None and not access.is_server:
            follow_download(access, added["id"])
        self._print(_found(access, added["id"]))

    def _pull(self, access: ModelAccess, spec: str) -> None:
        models = access.models()
        listed = next((one for one in models if spec in (one["id"], one["spec"])), None)
        entry = access.fetch(listed["id"]) if listed else access.add({"spec": spec})
        follow_download(access, entry["id"])
        self._print(_found(access, entry["id"]))

    def _remove(self, access: ModelAccess, name: str, *, files: bool) -> None:
        model = _chosen(access, name)
        access.remove(model, files=files)
        self.stdout.write(pick(f"已移除 {model}", f"{model} was removed"))

    def _info(self, access: ModelAccess, name: str) -> None:
        for line in detail_lines(_found(access, _chosen(access, name))):
            self.stdout.write(line)

    def _print(self, model: Entry) -> None:
        self.stdout.write(listed_line(model))


def _access(opened: ExitStack, *, changes: bool) -> ModelAccess:
    """Without a server, the command locks the data folder while it changes something."""
    if server := running_server():
        from hosting.model_list.server_models import ServerModels  # noqa: PLC0415

        return ServerModels(opened.enter_context(ServerApi(server)))
    from hosting.model_list.local_models import LocalModels  # noqa: PLC0415

    if changes:
        own_data()
    return opened.enter_context(LocalModels())


def _chosen(access: ModelAccess, typed: str) -> str:
    return chosen_model(access.models(), typed)


def _found(access: ModelAccess, model: str) -> Entry:
    return next(one for one in access.models() if one["id"] == model)
