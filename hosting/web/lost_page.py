"""The page that is served until the owner decides about a lost database."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Callable, Mapping
from http import HTTPStatus
from urllib.parse import urlsplit

from django.template.loader import render_to_string

from chat.access.peers import header_of, is_local
from chat.conf import conf
from chat.network.asgi import Receive, Scope, Send, answer_page, answer_text
from hosting.database.lost import COMMAND, Loss

ACTION = "/new-database"
_SCRIPT = """
const poll = async () => {
  try { if ((await fetch("/healthz", { cache: "no-store" })).ok) location.replace("/"); } catch {}
};
setInterval(poll, 1000);
"""
_DIGEST = b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_HEADERS = [
    (
        b"content-security-policy",
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_DIGEST}'; "
        "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'".encode(),
    ),
    # Without this referrer policy the browser would send the form with `Origin: null`.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]
_REFUSED = (
    "只能在运行 MyLLM 的电脑上、从这个页面决定。\n"
    "This is decided on the computer that MyLLM runs on, by its own page.\n"
)


class LostPage:
    """ASGI application, to be wrapped in the host check. On this computer it lists the files found
    and has a button that calls `decide`; others read that the owner has to decide.
    """

    def __init__(self, loss: Loss, decide: Callable[[], None]) -> None:
        self._loss = loss
        self._decide = decide

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        owner_calls = is_local(scope) and conf().local_owner
        if scope["method"] != "POST":
            values = {"loss": self._loss} if owner_calls else {}
            await _answer(send, HTTPStatus.SERVICE_UNAVAILABLE, values)
        elif scope["path"] == ACTION and owner_calls and _is_same_origin(scope):
            await _answer(send, HTTPStatus.ACCEPTED, {"is_decided": True, "script": _SCRIPT})
            self._decide()
        else:
            await answer_text(send, HTTPStatus.FORBIDDEN, _REFUSED)


def _is_same_origin(scope: Scope) -> bool:
    """Browsers send the origin of every form; the host check has checked `Host`."""
    origin = urlsplit(header_of(scope, b"origin"))
    return bool(origin.netloc) and origin.netloc == header_of(scope, b"host")


async def _answer(send: Send, status: HTTPStatus, values: Mapping[str, object]) -> None:
    page = render_to_string("lost/database.html", {"action": ACTION, "command": COMMAND, **values})
    await answer_page(send, status, page, _HEADERS)
