"""A user's primary key as a member's id, for all kinds of keys."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from chat.access.project_users import member_of


@pytest.mark.parametrize("key", [1, "alice", UUID(int=7), "a@b.example", "x" * 200, "小明", ""])
def test_every_key_makes_an_id(key: object) -> None:
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,32}", member_of(key))


def test_different_keys_make_different_ids() -> None:
    keys: list[object] = [1, 11, "1 ", "a@b", "a_b", UUID(int=1), UUID(int=2), "everyone", "", "-"]
    assert len({member_of(key) for key in keys}) == len(keys)
    assert "everyone" not in {member_of(key) for key in keys}
