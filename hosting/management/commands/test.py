"""`manage.py test`: all checks in one command."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from chat.conf import conf
from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.checks.run import run_checks
from hosting.checks.steps import Places, Step, check_steps


class Command(BaseCommand):
    """Replaces Django's own `test`."""

    help = "Run every check: Python's, the client's, the builds, and the browser's."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--only", action="append", metavar="STEP", help="run this step alone")
        parser.add_argument("--list", action="store_true", help="name the steps and do nothing")
        parser.add_argument(
            "--require-browser",
            action="store_true",
            default=os.environ.get("CI") == "true",
            help="fail, not skip, where no Chromium is found (the default where CI=true)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        places = Places(Path(settings.BASE_DIR), conf().page_dir, conf().data_dir)
        steps = check_steps(places, require_browser=options["require_browser"])
        if options["list"]:
            self.stdout.write("\n".join(step.name for step in steps))
            return
        run_checks(_chosen(steps, options["only"]))


def _chosen(steps: list[Step], names: list[str] | None) -> list[Step]:
    known = {step.name: step for step in steps}
    unknown = sorted(set(names or ()) - set(known))
    if unknown:
        raise Refusal(
            pick(
                f"没有这些检查：{', '.join(unknown)}；可用 --list 查看。",
                f"There are no steps {', '.join(unknown)}; --list names them.",
            ),
            exit_code=2,
        )
    return [known[name] for name in names] if names else steps
