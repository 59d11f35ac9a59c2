"""What a server of https shows over plain http: the page that tells how to trust it."""

from __future__ import annotations

from http import HTTPStatus

from chat.conf import conf
from chat.network.asgi import Application, Receive, Scope, Send, answer_json, answer_text

PAGE = "/trust"
_FILES = "/static/trust/"
_HEALTH = "/healthz"
_SHOWN = frozenset({PAGE, f"{PAGE}/myllm.crt"})
_ELSEWHERE = (
    "这个端口只说明如何信任证书，请改用 https 地址。\n"
    "This port tells how to trust the certificate and nothing else; use the https address.\n"
)


class GuideAlone:
    """ASGI middleware for HTTP: the root is the guide, and all but its own files is missing, so
    that nothing private is ever asked for in the clear. To `/healthz` it adds the port of https: an
    app that scanned the QR code of this port learns there that the server is at that one.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path == _HEALTH:
            told = {"status": "ok", "secure": conf().tls_port}
            await answer_json(send, HTTPStatus.OK, told)
            return
        if path == "/":
            scope = {**scope, "path": PAGE, "raw_path": PAGE.encode()}
        elif path not in _SHOWN and not path.startswith(_FILES):
            await answer_text(send, HTTPStatus.NOT_FOUND, _ELSEWHERE)
            return
        await self._application(scope, receive, send)
