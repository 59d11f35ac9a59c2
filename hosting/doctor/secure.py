"""What https needs, if it is served."""

from __future__ import annotations

import datetime

from chat.conf import conf
from chat.terminal.refusal import Refusal
from hosting.doctor.finding import Finding, bad, good, note
from hosting.doctor.reachability import Answer, Port, look_at_port
from hosting.web.https import key_folder_in


def https() -> list[Finding]:
    """Empty for a server of plain http."""
    if not conf().tls:
        return []
    port = look_at_port(conf().host, conf().tls_port, is_tls=True)
    return [_certificate(), judge_secure_port(port)]


def judge_certificate(ends: datetime.datetime | None, now: datetime.datetime) -> Finding:
    """The server itself replaces a certificate that expires soon or has other addresses."""
    if ends is None or ends < now:
        return note(
            "证书：还没有可用的，serve --tls 会自动生成",
            "Certificate: none yet; serve --tls makes one",
        )
    day = f"{ends:%Y-%m-%d}"
    return good(f"证书：有效至 {day}，会自动换新", f"Certificate: until {day}, renewed by itself")


def judge_secure_port(port: Port) -> Finding:
    """For the port of the chat once the certificate is trusted."""
    if port.taken_by in (None, Answer.MYLLM, Answer.REFUSED):
        return good(f"端口 {port.number}：可以用于 https", f"Port {port.number}: ready for https")
    return bad(
        f"端口 {port.number}：被别的程序占用，请设置 MYLLM_TLS_PORT",
        f"Port {port.number}: in use by another program; set MYLLM_TLS_PORT",
    )


def _certificate() -> Finding:
    now = datetime.datetime.now(datetime.UTC)
    try:
        return judge_certificate(key_folder_in(conf().data_dir).ends(), now)
    except Refusal as refusal:
        return bad(str(refusal), str(refusal))
