"""The page of a lost database: details and the decision for this computer alone."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import httpx
import pytest

from chat.access.host_check import HostCheck
from hosting.database.lost import Loss
from hosting.web.lost_page import ACTION, LostPage
from tests.overrides import Overrides

HERE = "http://127.0.0.1:8000"
MAIN = Path("data") / "myllm.sqlite3"


@pytest.fixture
def decisions(conf: Overrides) -> list[str]:
    conf.pairing = True
    conf.local_owner = True
    return []


async def ask(
    decisions: list[str], method: str, path: str, address: str = "127.0.0.1", **headers: str
) -> httpx.Response:
    page = LostPage(Loss(MAIN, True, ()), lambda: decisions.append("new"))
    transport = httpx.ASGITransport(HostCheck(page), client=(address, 5))
    async with httpx.AsyncClient(transport=transport, base_url=HERE) as browser:
        return await browser.request(method, path, headers=headers)


@pytest.mark.parametrize("path", ["/", "/api/v1/me", "/healthz"])
async def test_this_computer_reads_what_was_found_in_both_languages(
    decisions: list[str], path: str
) -> None:
    answer = await ask(decisions, "GET", path)
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    for words in (str(MAIN), "从新的数据库开始", "Start with a new database", "width=device-width"):
        assert words in answer.text


async def test_others_read_that_the_owner_has_to_decide(
    decisions: list[str], conf: Overrides
) -> None:
    phone = await ask(decisions, "GET", "/", "192.168.1.7")
    proxied = await ask(decisions, "GET", "/", **{"X-Forwarded-For": "192.168.1.7"})
    conf.local_owner = False
    behind_a_silent_proxy = await ask(decisions, "GET", "/")
    for answer in (phone, proxied, behind_a_silent_proxy):
        assert answer.status_code == 503
        assert "请联系管理员" in answer.text
        assert "The owner of this computer has to look at it" in answer.text
        assert str(MAIN) not in answer.text
        assert "<form" not in answer.text


async def test_the_button_decides(decisions: list[str]) -> None:
    answer = await ask(decisions, "POST", ACTION, Origin=HERE)
    assert answer.status_code == 202
    assert decisions == ["new"]
    script = re.search("<script>(.*)</script>", answer.text, re.DOTALL)
    assert script
    digest = b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "address", "headers"),
    [
        (ACTION, "127.0.0.1", {}),
        (ACTION, "127.0.0.1", {"Origin": "null"}),
        (ACTION, "127.0.0.1", {"Origin": "http://evil.example"}),
        (ACTION, "127.0.0.1", {"Origin": "http://127.0.0.1:9000"}),
        (ACTION, "127.0.0.1", {"Origin": "http://evil.example", "Host": "evil.example"}),
        (ACTION, "127.0.0.1", {"Origin": HERE, "X-Forwarded-For": "192.168.1.7"}),
        (ACTION, "192.168.1.7", {"Origin": HERE}),
        ("/", "127.0.0.1", {"Origin": HERE}),
    ],
)
async def test_no_other_request_decides(
    decisions: list[str], path: str, address: str, headers: dict[str, str]
) -> None:
    answer = await ask(decisions, "POST", path, address, **headers)
    assert answer.status_code == 403
    assert decisions == []


async def test_a_trusted_site_does_not_decide_either(decisions: list[str], conf: Overrides) -> None:
    conf.origins = ("https://friend.example",)
    answer = await ask(decisions, "POST", ACTION, Origin="https://friend.example")
    assert answer.status_code == 403
