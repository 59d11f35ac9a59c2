"""Describes to people which sources were tried without success."""

from __future__ import annotations

from dataclasses import dataclass

from chat.terminal.language import pick
from hosting.sources.address import shown
from hosting.sources.stall import STALLED_SECONDS


@dataclass(frozen=True)
class TriedSources:
    """`setting` is the variable that sets other sources, `proxy` the proxy that was used."""

    setting: str
    sources: tuple[str, ...] = ()
    proxy: str = ""

    def where(self) -> str:
        """`pypi.org, through the proxy 127.0.0.1:9`; "" if no source was tried."""
        through = shown(self.proxy)
        zh = "、".join(map(shown, self.sources)) + (f"，经代理 {through}" if self.proxy else "")
        en = ", ".join(map(shown, self.sources))
        en += f", through the proxy {through}" if self.proxy else ""
        return pick(zh, en)

    def in_brackets(self) -> str:
        """As `where`, in brackets, to follow a noun."""
        where = self.where()
        return pick(f"（{where}）", f" ({where})") if where else ""

    def way_out(self) -> str:
        """What can be done, as the middle of a sentence."""
        zh = "，或关闭代理" if self.proxy else ""
        en = ", switch the proxy off" if self.proxy else ""
        return pick(
            f"请检查网络{zh}，或用 {self.setting} 指定别的下载源",
            f"check the network{en}, or name other sources in {self.setting}",
        )

    def stalled_sentence(self) -> str:
        """For a run that has stalled."""
        seconds = f"{STALLED_SECONDS:.0f}"
        return pick(
            f"已有 {seconds} 秒几乎没有收到数据，正在等待 {self.where()}：{self.way_out()}。",
            f"Hardly anything has come for {seconds} s from {self.where()}: {self.way_out()}.",
        )
