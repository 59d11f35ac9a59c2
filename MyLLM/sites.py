"""Hosts and web origins as people type them into settings, in one canonical form.

Unambiguous variants are accepted: capitals, a final slash, a missing scheme, a scheme's default
port, full-width characters, names in other scripts. All else raises `WrongValueError`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from chat.conf.wrong_value import WrongValueError
from chat.network.host import Host, parse_address, parse_host
from chat.network.origin import Origin, parse_origin, without_default_port

_SITE = re.compile(r"((?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://)?(?P<host>[^/?#]*)(?P<rest>.*)", re.S)
_SEPARATORS = re.compile(r"[\s,;、]+")
_NO_PAGE = {"ws": "http", "wss": "https", "ftp": "https"}
"""Schemes that are not those of a page, and the intended ones."""
_MADE_EQUAL = re.compile("[ßςẞ\u200c\u200d]")
"""Python's IDNA of 2003 replaces these, browsers do not."""


@dataclass(frozen=True, slots=True)
class Site:
    """The parts of a typed value. `scheme` is empty if there is none, `rest` is the path."""

    scheme: str
    host: Host
    rest: str

    @property
    def meant(self) -> str:
        """The origin of its pages."""
        return f"{_NO_PAGE.get(self.scheme, self.scheme) or 'http'}://{self.host}"


def values(text: str) -> list[str]:
    """The items of a list, separated by commas of any script, semicolons or blanks."""
    return [part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)) if part]


def read_origins(typed: str) -> tuple[str, ...]:
    """The origin as browsers send it; without a scheme, that of http and that of https."""
    if "*" in typed:
        raise WrongValueError(
            "不能用 *，否则任何网站都能读到你的对话；请逐个写出网站，如 https://a.example",
            "* would let every web site read your conversations; list each site, such as "
            "https://a.example",
        )
    if typed.lower() == "null" or typed.lower().startswith("file:"):
        raise WrongValueError(
            "不用写：App 和小程序凭令牌就能进来", "not needed: Apps and mini-programs use a token"
        )
    site = taken_apart(typed)
    if site.rest or site.scheme in _NO_PAGE:
        raise WrongValueError(f"请写成 {site.meant}", f"write {site.meant}")
    schemes = (site.scheme,) if site.scheme else ("http", "https")
    return tuple(str(Origin(scheme, without_default_port(site.host, scheme))) for scheme in schemes)


def read_public_url(typed: str) -> str:
    """The one origin that other devices open."""
    site = taken_apart(typed)
    origin = parse_origin(f"{site.scheme}://{site.host}")
    if origin is None or not origin.is_web or site.rest:
        meant = f"https://{site.host}" if site.scheme not in ("http", "https") else site.meant
        raise WrongValueError(
            f"请写成 {meant} 这样的地址，不带路径", f"write {meant}, without a path"
        )
    _check_underscores(site)
    return str(origin)


def read_host(typed: str) -> str:
    """A host's name or address, without port and scheme."""
    if "*" in typed or typed.startswith("."):
        raise WrongValueError(
            "不能用 *，否则别的网站可以冒充这台服务器（DNS 重绑定）；请逐个写出名称，如 chat.home",
            "* would let other sites pose as this server (DNS rebinding); list each name, such as "
            "chat.home",
        )
    site = taken_apart(typed)
    if site.rest:
        raise WrongValueError(f"请写成 {site.host.name}", f"write {site.host.name}")
    _check_underscores(site)
    return site.host.name


def taken_apart(typed: str) -> Site:
    """Raises `WrongValueError` if there is no host."""
    found = _SITE.fullmatch(typed)
    host = _host(found["host"]) if found else None
    if found is None or host is None:
        raise WrongValueError(
            "请写 https://a.example 或 a.example 这样的地址", "write an address such as a.example"
        )
    rest = found["rest"] if found["rest"].strip("/") else ""
    return Site((found["scheme"] or "").lower(), host, rest)


def _check_underscores(site: Site) -> None:
    """Host names have none (RFC 1123, 2.1), and Django refuses requests with one."""
    if "_" in site.host.name:
        raise WrongValueError(
            "主机名不能有下划线；请用 IP 地址或别的名称",
            "a host's name has no underscore; use another",
        )


def _host(text: str) -> Host | None:
    if address := parse_address(text.strip("[]")):
        return Host(str(address), None, address)
    return parse_host(_ascii(text.removesuffix(":")))


def _ascii(text: str) -> str:
    """Names in other scripts as DNS and browsers encode them (RFC 3490)."""
    name, colon, port = text.partition(":")
    if text.isascii():
        return text
    if _MADE_EQUAL.search(name):
        raise WrongValueError(
            "请把这个名称写成 xn-- 开头的形式", "write this name in its xn-- form"
        )
    try:
        return name.encode("idna").decode("ascii") + colon + port
    except UnicodeError:
        return ""
