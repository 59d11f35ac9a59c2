"""The one page that is served while the owner has to decide about a database that is lost."""

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
const look = async () => {
  try { if ((await fetch("/healthz", { cache: "no-store" })).ok) location.replace("/"); } catch {}
};
setInterval(look, 1000);
"""
_DIGEST = b64encode(hashlib.sha256(_SCRIPT.encode()).digest()).decode()
_HEADERS = [
    (
        b"content-security-policy",
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{_DIGEST}'; "
        "connect-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'".encode(),
    ),
    # Without a referrer policy that says so, the form would name no origin.
    (b"referrer-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"cache-control", b"no-store"),
]
_REFUSED = (
    "只能在运行 MyLLM 的电脑上、从这个页面决定。\n"
    "This is decided on the computer that MyLLM runs on, by its own page.\n"
)


class LostPage:
    """ASGI application, to be put behind the gate. On this computer it tells what was found and has
    a button, which calls `decide`; others are told that the owner has to look at it.
    """

    def __init__(self, loss: Loss, decide: Callable[[], None]) -> None:
        self._loss = loss
        self._decide = decide

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        owner_calls = is_local(scope) and conf().local_owner
        if scope["method"] != "POST":
            told = {"loss": self._loss} if owner_calls else {}
            await _answer(send, HTTPStatus.SERVICE_UNAVAILABLE, told)
        elif scope["path"] == ACTION and owner_calls and _is_same_origin(scope):
            await _answer(send, HTTPStatus.ACCEPTED, {"is_decided": True, "script": _SCRIPT})
            self._decide()
        else:
            await answer_text(send, HTTPStatus.FORBIDDEN, _REFUSED)


def _is_same_origin(scope: Scope) -> bool:
    """A browser names the origin of every form; the gate has checked what it says of the host."""
    origin = urlsplit(header_of(scope, b"origin"))
    return bool(origin.netloc) and origin.netloc == header_of(scope, b"host")


async def _answer(send: Send, status: HTTPStatus, told: Mapping[str, object]) -> None:
    page = render_to_string("lost/database.html", {"action": ACTION, "command": COMMAND, **told})
    await answer_page(send, status, page, _HEADERS)
