"""The page that a server of https shows over plain http: how to trust its certificate."""

from __future__ import annotations

from http import HTTPStatus

from chat.conf import conf
from chat.network.asgi import Application, Receive, Scope, Send, answer_json, answer_text

PAGE = "/trust"
_FILES = "/static/trust/"
_HEALTH = "/healthz"
_SERVED = frozenset({PAGE, f"{PAGE}/myllm.crt"})
_ELSEWHERE = (
    "这个端口只说明如何信任证书，请改用 https 地址。\n"
    "This port tells how to trust the certificate and nothing else; use the https address.\n"
)


class GuideAlone:
    """ASGI middleware for HTTP: serves the guide at the root and its files, and 404 for all else,
    so that nothing private is requested unencrypted. `/healthz` includes the port of https: an app
    that scanned the QR code of this port finds the server there.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == _HEALTH:
            health = {"status": "ok", "secure": conf().tls_port}
            await answer_json(send, HTTPStatus.OK, health)
            return
        if path == "/":
            scope = {**scope, "path": PAGE, "raw_path": PAGE.encode()}
        elif path not in _SERVED and not path.startswith(_FILES):
            await answer_text(send, HTTPStatus.NOT_FOUND, _ELSEWHERE)
            return
        await self._application(scope, receive, send)
