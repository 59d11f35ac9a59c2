"""How far transformers has read a folder's weights, tensor by tensor."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from transformers.utils import logging as transformers_logging

OnProgress = Callable[[float], None]

_REPORTS = 100
"""At most so many are told; a large model has thousands of tensors."""


class _Listener(threading.local):
    """transformers has one hook for a process, and two models may be loaded at once."""

    tell: OnProgress | None = None


_listener = _Listener()


@contextmanager
def weights_told_to(tell: OnProgress) -> Iterator[None]:
    """While this lasts, weights read by this thread are told as a part of 1."""
    _listener.tell = tell
    try:
        yield
    finally:
        _listener.tell = None


def _hook(factory: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    tell = _listener.tell
    if tell is None or options.get("desc") != "Loading weights" or not args:
        return factory(*args, **options)
    return factory(_counted(args[0], tell), *args[1:], **options)


def _counted(items: Collection[Any], tell: OnProgress) -> Iterator[Any]:
    total = len(items)
    every = max(total // _REPORTS, 1)
    for done, item in enumerate(items, start=1):
        yield item
        if done % every == 0 or done == total:
            tell(done / total)


transformers_logging.set_tqdm_hook(_hook)
