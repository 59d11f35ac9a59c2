"""The port, the addresses, and the server that answers there."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from enum import Enum
from http import HTTPStatus

from chat.conf import conf
from chat.network.addresses import WILDCARDS, reachable, url
from chat.ownership.owner import listened_on
from chat.ownership.running import running_owner
from chat.terminal.refusal import Refusal
from hosting.banner import no_network
from hosting.doctor.finding import Finding, Verdict, bad, good, note
from hosting.web.listener import bind

_TIMEOUT_SECONDS = 3
_OWN_TIMEOUT_SECONDS = 15
"""For a server that holds the data folder's lock: it runs, however busy it is."""


class Answer(Enum):
    """The answer to `GET /healthz`."""

    MYLLM = "myllm"
    REFUSED = "refused"
    OTHER = "other"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Port:
    """`taken_by` is the server that listens there; None if the port is free."""

    number: int
    taken_by: Answer | None
    why: str = ""
    is_own: bool = False
    """Whether the server that owns the data folder reports that it listens there."""


def network() -> list[Finding]:
    """The port, and each address that phones may use."""
    owner = running_owner(conf().data_dir)
    is_own = owner is not None and listened_on(owner.address)[1] == conf().port
    port = look_at_port(conf().host, conf().port, is_tls=False, is_own=is_own)
    return [judge_port(port), *_addresses(port)]


def look_at_port(host: str, number: int, *, is_tls: bool, is_own: bool = False) -> Port:
    """Binds the port for a moment to find out whether it is free."""
    timeout = _OWN_TIMEOUT_SECONDS if is_own else _TIMEOUT_SECONDS
    try:
        bind(host, number).close()
    except Refusal as refusal:
        answer = ask(_connectable(host), number, is_tls=is_tls, timeout=timeout)
        return Port(number, answer, str(refusal), is_own)
    return Port(number, None)


def judge_port(port: Port) -> Finding:
    if port.taken_by is None:
        return good(
            f"端口 {port.number}：空闲，服务器没有在运行",
            f"Port {port.number}: free, the server is not running",
        )
    if port.taken_by in (Answer.MYLLM, Answer.REFUSED):
        return good(
            f"端口 {port.number}：MyLLM 正在运行", f"Port {port.number}: MyLLM is running there"
        )
    if port.is_own:
        return bad(
            f"端口 {port.number}：MyLLM 正在运行，但没有回应；它可能还在启动，请稍后再试，"
            "或查看它的终端",
            f"Port {port.number}: MyLLM is running and does not answer; it may be starting, so try "
            "again in a moment, or see its terminal",
        )
    return Finding(Verdict.BAD, port.why)


def judge_address(page: str, answer: Answer) -> Finding:
    """For a server that runs."""
    match answer:
        case Answer.MYLLM:
            return good(
                f"地址 {page}：从本机能打开",
                f"Address {page}: opens from this computer",
            )
        case Answer.REFUSED:
            return bad(
                f"地址 {page}：服务器只供本机使用，请重新启动：python3 manage.py serve --open",
                f"Address {page}: the server is for this computer alone; start it again: "
                "python3 manage.py serve --open",
            )
        case _:
            return bad(
                f"地址 {page}：没有回应。服务器可能只监听别的地址，请检查 MYLLM_HOST 或防火墙",
                f"Address {page}: no answer. The server may listen on another address alone: "
                "check MYLLM_HOST and the firewall",
            )


def who_gets_in(*, is_open: bool, pairs: bool, host: str) -> Finding:
    """Judged by the settings of this command, for a server that is not running."""
    if host not in WILDCARDS and not reachable(host):
        return bad(
            f"只监听 {host}，手机进不来：用 serve --open 启动，或不设置 MYLLM_HOST",
            f"It listens on {host} alone, where no phone comes: start it with serve --open, or "
            "leave MYLLM_HOST out",
        )
    if is_open:
        return good("同一网络里的手机都能进来", "Any phone in the same network may come in")
    if pairs:
        return good("配对过的手机能进来", "Paired phones may come in")
    return bad(
        "只供本机使用：用 serve --open 启动，手机才能进来",
        "For this computer alone: start it with serve --open to let phones in",
    )


def ask(address: str, port: int, *, is_tls: bool, timeout: float = _TIMEOUT_SECONDS) -> Answer:
    """The server that answers there within `timeout` seconds. https is not verified, since nothing
    secret is sent.
    """
    calling = _connection(address, port, timeout, is_tls=is_tls)
    try:
        calling.request("GET", "/healthz")
        response = calling.getresponse()
        return _recognised(response.status, response.read(256))
    except (OSError, http.client.HTTPException):
        return Answer.NONE
    finally:
        calling.close()


def _addresses(port: Port) -> list[Finding]:
    if conf().public_url:
        return [_behind_a_proxy(conf().public_url)]
    found = reachable(conf().host)
    running = port.taken_by in (Answer.MYLLM, Answer.REFUSED)
    allowed = who_gets_in(is_open=conf().open, pairs=conf().pairing, host=conf().host)
    if not found:
        any_at_all = reachable("0.0.0.0")  # noqa: S104 - not listened on
        return [allowed] if any_at_all else [allowed, Finding(Verdict.BAD, no_network())]
    if running:
        return [_tested(address) for address in found]
    return [allowed, *(_untested(address) for address in found)]


def _behind_a_proxy(page: str) -> Finding:
    """The proxy is not requested: it may be a server on the internet."""
    return note(
        f"代理：手机打开 {page}，从本机不测试；见 docs/proxy.md",
        f"Proxy: phones open {page}, which is not tested from here; see docs/proxy.md",
    )


def _tested(address: str) -> Finding:
    port = conf().port
    return judge_address(url(address, port), ask(address, port, is_tls=False))


def _untested(address: str) -> Finding:
    page = url(address, conf().port)
    return note(
        f"地址 {page}：手机将用它；启动服务器后再运行 doctor 可以测试",
        f"Address {page}: a phone will use it; run doctor again while the server runs",
    )


def _connectable(host: str) -> str:
    if host in WILDCARDS:
        return "127.0.0.1"
    return host


def _connection(
    address: str, port: int, timeout: float, *, is_tls: bool
) -> http.client.HTTPConnection:
    if not is_tls:
        return http.client.HTTPConnection(address, port, timeout=timeout)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return http.client.HTTPSConnection(address, port, timeout=timeout, context=context)


def _recognised(status: int, body: bytes) -> Answer:
    if status == HTTPStatus.FORBIDDEN and b"serve --open" in body:
        return Answer.REFUSED
    try:
        healthy = json.loads(body) == {"status": "ok"}
    except ValueError:
        return Answer.OTHER
    return Answer.MYLLM if status == HTTPStatus.OK and healthy else Answer.OTHER
