"""`manage.py protocol`: writes the files that are generated from the code, or checks them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings as django_settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hosting.reference import api, pages, ranges, settings, typescript

_GENERATED: dict[str, Callable[[], str]] = {
    "client-uniapp/src/protocol/frames.ts": typescript.render,
    "client-uniapp/src/options/ranges.ts": ranges.render,
    "docs/protocol.md": pages.protocol,
    "docs/errors.md": pages.errors,
    "docs/api.md": api.render,
    "docs/settings.md": settings.render,
}


class Command(BaseCommand):
    """Keeps the client's types and ranges and the reference pages equal to the code."""

    help = "Write the client's types and the reference pages in docs/."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say what is out of date")

    def handle(self, *args: object, check: bool, **options: object) -> None:
        root = Path(django_settings.BASE_DIR)
        outdated = [name for name, render in _GENERATED.items() if _differs(root / name, render())]
        if check and outdated:
            raise CommandError(f"out of date: {', '.join(outdated)}; run `manage.py protocol`")
        for name in outdated:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(_GENERATED[name](), encoding="utf-8")
            self.stdout.write(f"wrote {name}")


def _differs(file: Path, wanted: str) -> bool:
    return not file.exists() or file.read_text(encoding="utf-8") != wanted
