"""What a server imports before it answers, which delays its start."""

from __future__ import annotations

import subprocess
import sys

from tests.live.live_server import ROOT

LATER = ("ninja", "pydantic", "jinja2", "django.test", "torch", "transformers", "xllamacpp")
_PROGRAM = f"""
import sys
import MyLLM.asgi
import hosting.management.commands.serve
print(*(name for name in {LATER} if name in sys.modules))
"""


def test_what_the_first_page_does_not_need_is_imported_later() -> None:
    printed = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert printed.stdout.split() == []
