"""The progress of transformers reading a folder's weights, by tensors."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

from transformers.utils import logging as transformers_logging

OnProgress = Callable[[float], None]

_REPORTS = 100
"""At most so many reports; a large model has thousands of tensors."""


class _Listener(threading.local):
    """Thread-local: transformers has one hook per process, and two models may be loaded at once."""

    report: OnProgress | None = None


_listener = _Listener()


@contextmanager
def weights_reported_to(report: OnProgress) -> Iterator[None]:
    """Within this context, report the weights read by this thread to `report`, as a share of 1."""
    _listener.report = report
    try:
        yield
    finally:
        _listener.report = None


def _hook(factory: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    report = _listener.report
    if report is None or options.get("desc") != "Loading weights" or not args:
        return factory(*args, **options)
    return factory(_counted(args[0], report), *args[1:], **options)


def _counted(items: Collection[Any], report: OnProgress) -> Iterator[Any]:
    total = len(items)
    every = max(total // _REPORTS, 1)
    for done, item in enumerate(items, start=1):
        yield item
        if done % every == 0 or done == total:
            report(done / total)


transformers_logging.set_tqdm_hook(_hook)
