"""The terminal's text once the server listens."""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

import segno

from chat.network.addresses import WILDCARDS, reachable, url
from chat.terminal.language import pick

WHITE_ON_BLACK = "\x1b[97;40m"
PLAIN = "\x1b[0m"


@dataclass(frozen=True)
class Secure:
    """The port of https, and the fingerprint of the certificate to trust. The plain port explains
    how to trust it.
    """

    port: int
    fingerprint: str


@dataclass(frozen=True)
class ServerAddresses:
    """The server's addresses: `local` for this computer, `addresses` for others. `pairs` is whether
    it has paired devices. With `secure`, the page at `port` only leads to https.
    """

    local: str
    addresses: Sequence[str]
    port: int
    is_open: bool
    pairs: bool = False
    secure: Secure | None = None

    @property
    def home(self) -> str:
        """The page's URL for this computer."""
        return url(self.local, self.port)

    @property
    def phone_pages(self) -> list[str]:
        """The page's URLs for a phone, the likeliest first."""
        return [url(address, self.port) for address in self.addresses]


def server_addresses(
    host: str, port: int, *, is_open: bool, pairs: bool = False, secure: Secure | None = None
) -> ServerAddresses:
    """The addresses of a server that listens on `host`; `pairs` as in `ServerAddresses`."""
    local = "localhost" if host in WILDCARDS or host == "127.0.0.1" else host
    return ServerAddresses(local, reachable(host), port, is_open, pairs, secure)


def print_banner(at: ServerAddresses) -> None:
    """Print the addresses, and a QR code of the first one for a phone."""
    stream = sys.stdout
    print("\n".join(banner(at)), file=stream)
    if at.is_open and at.addresses and shows_blocks(stream):
        print(qr_code(at.phone_pages[0], coloured=stream.isatty()), file=stream)
    print(pick("按 Ctrl-C 停止。", "Ctrl-C stops the server."), file=stream, flush=True)


def banner(at: ServerAddresses) -> list[str]:
    """The lines above the QR code."""
    here = pick("本机打开", "On this computer")
    lines = ["", f"MyLLM  {here}: {at.home}", *(_how_to_trust(at, at.secure) if at.secure else ())]
    if not at.is_open and at.pairs:
        return [*lines, _paired_devices_only()]
    if not at.is_open:
        return [*lines, _only_this_computer()]
    if not at.addresses:
        return [*lines, no_network()]
    phone = pick("手机打开（同一网络）", "On a phone in the same network")
    lines += [f"{phone}: {page}" for page in at.phone_pages]
    return [*lines, _open_to_all(), pick("或扫描二维码：", "Or scan:")]


def qr_code(text: str, *, coloured: bool) -> str:
    """The code in half blocks, two rows a line.

    Scanners expect dark on light. The blocks are the light part, so on a terminal with dark letters
    the code is inverted unless both colours are set.
    """
    out = io.StringIO()
    segno.make(text, micro=False).terminal(out=out, compact=True, border=2)
    if not coloured or sys.platform == "win32":
        return out.getvalue()
    lines = out.getvalue().splitlines()
    return "\n".join(f"{WHITE_ON_BLACK}{line}{PLAIN}" for line in lines)


def shows_blocks(stream: TextIO) -> bool:
    """Whether the stream can show a QR code."""
    try:
        "▀▄█".encode(stream.encoding or "ascii")
    except UnicodeEncodeError:
        return False
    return True


def _open_to_all() -> str:
    return pick(
        "已向局域网开放：同一网络里的任何人无需配对即可使用。",
        "Open to the local network: anyone on it may use this server without pairing.",
    )


def _how_to_trust(at: ServerAddresses, secure: Secure) -> list[str]:
    place = url(at.local, secure.port, "https")
    return [
        pick(
            f"https：{place}；每台设备要先信任证书一次，上面的页面会一步步说明，然后转到 https",
            f"https: {place}; every device has to trust the certificate once: the page above "
            "leads through it, and on to https",
        ),
        pick("证书指纹", "The certificate's fingerprint") + f" SHA-256: {secure.fingerprint}",
    ]


def _paired_devices_only() -> str:
    return pick(
        "只有配对过的设备能使用；再显示一次二维码：python3 manage.py pair",
        "Only paired devices can use it; for another QR code: python3 manage.py pair",
    )


def no_network() -> str:
    """What to do if no other device can reach this computer."""
    return pick(
        "没有找到局域网地址：请先连接 Wi-Fi 或打开热点，再重新运行。",
        "This computer has no network address: join a Wi-Fi or start a hotspot, then start again.",
    )


def _only_this_computer() -> str:
    return pick(
        "只有这台电脑能使用；要让手机使用，请运行：python3 manage.py serve --open",
        "Only this computer can use it; to let a phone in: python3 manage.py serve --open",
    )
