"""`manage.py doctor`: what keeps phones from connecting, and what to do about it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal
from hosting.doctor.examination import examine
from hosting.doctor.finding import Verdict
from hosting.terminal.flags import add_flags

MARKS = {Verdict.GOOD: "ok", Verdict.NOTE: "--", Verdict.BAD: "!!"}
"""ASCII, which every terminal can show."""


class Command(BaseCommand):
    """Changes nothing. It takes the options of `serve`, to describe the server to examine."""

    help = "Test from this computer what may keep a phone out. Exits with 1 if something does."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        add_flags(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        problems = 0
        for finding in examine():
            problems += finding.verdict is Verdict.BAD
            self.stdout.write(f"{MARKS[finding.verdict]}  {finding.sentence}")
            self.stdout.flush()
        if problems:
            raise Refusal(
                pick(
                    f"有 {problems} 项会让手机进不来，见上面的 !!。",
                    f"{problems} of these keep phones out: see !! above.",
                )
            )
        self.stdout.write(_further_causes())


def _further_causes() -> str:
    return pick(
        "从这台电脑看没有问题。手机仍打不开时：确认手机在同一个 Wi-Fi（不是流量），"
        "访客网络和有「AP 隔离」的路由器会挡住设备互访，换手机热点试试。",
        "From this computer nothing is wrong. If a phone still does not get through: it has to be "
        "in the same Wi-Fi (not on mobile data); guest networks and routers with client isolation "
        "keep devices apart, so try the phone's own hotspot.",
    )
