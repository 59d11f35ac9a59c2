"""A loss is named, an addition is none."""

from __future__ import annotations

import pytest

from tests.upgrade.listing import missing

_THEN = {"tree": [{"content": "你好"}, {"content": "再见"}]}


@pytest.mark.parametrize(
    "now",
    [
        {"tree": [{"content": "你好"}]},
        {"tree": [{"content": "你好"}, {"content": "再"}]},
        {"tree": [{"content": "你好"}, {}]},
        {},
    ],
)
def test_what_is_gone_or_changed_is_named(now: object) -> None:
    (place,) = missing(_THEN, now)
    assert place.startswith("/tree")


def test_what_is_new_is_no_difference() -> None:
    now = {"tree": [{"content": "你好", "new": 1}, {"content": "再见"}], "new": []}
    assert missing(_THEN, now) == []
