"""The H5 page, built from the sources as they are now."""

from __future__ import annotations

from pathlib import Path

from hosting.page.build import build_page, is_fresh

_ROOT = Path(__file__).resolve().parents[2]
_CLIENT = _ROOT / "client-uniapp"
_ONES = (_CLIENT / "dist" / "build" / "h5", _ROOT / "var" / "e2e" / "page")


def built_page() -> Path:
    """A fresh one: the product's own where it is fresh, else one built beside it.

    The product's own is not built anew, since somebody may be looking at it.
    """
    own = _ONES[-1]
    fresh = next((page for page in _ONES if is_fresh(_CLIENT, page)), None)
    if fresh is None:
        own.parent.mkdir(parents=True, exist_ok=True)
        build_page(_CLIENT, own, _ROOT / "var" / "node")
    return fresh or own
