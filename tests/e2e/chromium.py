"""The system's Chromium, kept from talking to anybody but this computer."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import Browser, async_playwright

NAME = "myllm.test"
"""Means this computer, inside this browser alone. Unlike an address of this computer it makes
no secure context: the page has what a phone gets over plain http, no clipboard API say.
"""

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = (
    f"--host-resolver-rules=MAP {NAME} 127.0.0.1",
    "--no-proxy-server",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_chromium() -> str:
    """Its path. Without one the test is skipped, or fails where a browser is required."""
    found = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if found:
        return found
    if os.environ.get("MYLLM_REQUIRE_BROWSER") == "1" or os.environ.get("CI") == "true":
        pytest.fail("No Chromium was found; install one, or unset MYLLM_REQUIRE_BROWSER and CI.")
    pytest.skip("no Chromium was found")


@asynccontextmanager
async def open_chromium(path: str) -> AsyncIterator[Browser]:
    """Headless, with nothing remembered from before."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(_FLAGS))
        try:
            yield browser
        finally:
            await browser.close()
