"""The server's listening socket, bound before any slow step."""

from __future__ import annotations

import errno
import os
import socket

from chat.terminal.language import pick
from chat.terminal.refusal import Refusal

PORTS_TO_TRY = 50


SERVE_ELSEWHERE = "python3 manage.py serve --port {port}"


def bind(host: str, port: int, elsewhere: str = SERVE_ELSEWHERE) -> socket.socket:
    """A socket bound to the address, not listening yet. Raises `Refusal` with the reason, and with
    `elsewhere` as the way to choose a free port.
    """
    family, address = _resolve(host, port)
    try:
        return _bound(family, address)
    except OSError as error:
        raise _refusal(error, host, port, elsewhere) from None


def port_in_use(host: str, port: int, elsewhere: str = SERVE_ELSEWHERE) -> Refusal:
    """The sentence, with the next free port."""
    free = _next_free(host, port)
    way = elsewhere.format(port=free)
    hint_zh = f"，可以改用：{way}" if free else ""
    hint_en = f"; try: {way}" if free else ""
    return Refusal(
        pick(
            f"端口 {port} 已被占用{hint_zh}",
            f"Port {port} is in use by another program{hint_en}",
        )
    )


def _resolve(host: str, port: int) -> tuple[socket.AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError):
        raise _bad_host(host) from None
    family, _, _, _, address = min(found, key=lambda entry: entry[0] != socket.AF_INET)
    return family, (str(address[0]), port)


def _bound(family: socket.AddressFamily, address: tuple[str, int]) -> socket.socket:
    bound = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":
            # Makes a port usable that was just closed; on Windows it would share a port in use.
            bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            bound.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        bound.bind(address)
    except OSError:
        bound.close()
        raise
    return bound


def _refusal(error: OSError, host: str, port: int, elsewhere: str) -> Refusal:
    if error.errno == errno.EADDRINUSE:
        return port_in_use(host, port, elsewhere)
    if error.errno == errno.EACCES:
        return Refusal(
            pick(
                f"没有权限使用端口 {port}，请用 --port 选一个 1024 以上的端口。",
                f"Port {port} is not permitted; choose one above 1024 with --port.",
            )
        )
    return _bad_host(host)


def _bad_host(host: str) -> Refusal:
    return Refusal(
        pick(
            f"{host} 不是这台电脑的地址；用 --open 向局域网开放，或不写 --host 只给本机使用。",
            f"{host} is no address of this computer; use --open for the local network, "
            "or leave --host out for this computer alone.",
        )
    )


def _next_free(host: str, port: int) -> int | None:
    for candidate in range(port + 1, min(port + PORTS_TO_TRY, 65536)):
        try:
            _bound(*_resolve(host, candidate)).close()
        except OSError:
            continue
        return candidate
    return None
