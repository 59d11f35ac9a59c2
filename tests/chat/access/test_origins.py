"""Kinds of callers by origin: own pages, listed ones, Apps and mini-programs, other sites."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from chat.access.origins import OriginKind, kind_of, needs_token
from tests.overrides import Overrides

HOST = "192.168.43.1:8000"
OWN = f"http://{HOST}"
LISTED = frozenset({"https://friend.example"})


def scope(**headers: str) -> dict[str, Any]:
    named = {"host": HOST} | {key.replace("_", "-"): value for key, value in headers.items()}
    return {"headers": [(key.encode(), value.encode()) for key, value in named.items()]}


@pytest.mark.parametrize(
    ("origin", "kind"),
    [
        (None, OriginKind.NONE),
        (OWN, OriginKind.OWN),
        ("HTTP://192.168.43.1:8000", OriginKind.OWN),
        ("https://friend.example", OriginKind.LISTED),
        ("https://friend.example:443", OriginKind.LISTED),
        ("null", OriginKind.APP),
        ("file://", OriginKind.APP),
        ("file:///android_asset/index.html", OriginKind.APP),
        ("https://servicewechat.com", OriginKind.APP),
        ("https://servicewechat.com/wx0123456789/devtools/page-frame.html", OriginKind.APP),
        ("weapp://wechat-game-runtime", OriginKind.APP),
        (f"{OWN},undefined", OriginKind.APP),
        ("http://192.168.43.1,undefined", OriginKind.APP),
        (f"{OWN}, {OWN}", OriginKind.APP),
        ("https://servicewechat.com, null", OriginKind.APP),
    ],
)
def test_whose_an_origin_is(origin: str | None, kind: OriginKind) -> None:
    assert kind_of(origin, HOST, LISTED) is kind


@pytest.mark.parametrize(
    "origin",
    [
        *(
            "https://evil.example",
            "http://192.168.43.1:9000",
            "https://servicewechat.com.evil.example",
        ),
        *("http://servicewechat.com", "https://servicewechat.com:8443", "192.168.43.1:8000"),
        *(
            "",
            "undefined",
            "https://friend.example.evil",
            "nullx",
            "https://192.168.43.1@evil.example",
        ),
        *(f"{OWN}, https://evil.example", "null,https://evil.example", f"{OWN}/"),
    ],
)
def test_other_origins_are_foreign(origin: str) -> None:
    assert kind_of(origin, HOST, LISTED) is OriginKind.FOREIGN


@pytest.mark.parametrize(
    "headers",
    [
        *(
            {"sec_fetch_site": site}
            for site in ("cross-site", "same-site", "Cross-Site", "strange")
        ),
        {"origin": OWN, "sec_fetch_site": "same-site"},
        *({"origin": origin} for origin in ("null", "file://", "https://servicewechat.com")),
        {"origin": "null", "sec_fetch_site": "same-origin"},
    ],
)
def test_what_may_be_a_page_of_another_site_needs_a_token(headers: dict[str, str]) -> None:
    assert needs_token(scope(**headers))


@pytest.mark.parametrize(
    "headers",
    [
        {},
        *({"sec_fetch_site": site} for site in ("none", "same-origin")),
        {"origin": OWN, "sec_fetch_site": "same-origin"},
        {"origin": "https://friend.example", "sec_fetch_site": "cross-site"},
    ],
)
def test_own_and_listed_pages_and_programs_do_not(conf: Overrides, headers: dict[str, str]) -> None:
    conf.origins = ("https://friend.example",)
    assert not needs_token(scope(**headers))


def test_a_header_sent_twice_counts_twice(settings: Settings) -> None:
    twice = scope(sec_fetch_site="same-origin")
    twice["headers"].append((b"sec-fetch-site", b"cross-site"))
    assert needs_token(twice)


def test_an_own_pages_socket_is_no_other_sites_whatever_a_browser_calls_ws() -> None:
    own = scope(origin=OWN, sec_fetch_site="cross-site")
    assert not needs_token(own | {"type": "websocket"})
    assert needs_token(own | {"type": "http"})
    assert needs_token(scope(sec_fetch_site="cross-site") | {"type": "websocket"})


def test_an_app_needs_a_token_also_where_its_origin_is_listed(conf: Overrides) -> None:
    conf.origins = ("https://servicewechat.com",)
    assert needs_token(scope(origin="https://servicewechat.com"))
