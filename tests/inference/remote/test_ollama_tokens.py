"""Tokens are counted rather too many than too few."""

from __future__ import annotations

import pytest

from inference.remote.ollama_tokens import count


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("The quick brown fox jumps over the lazy dog, and nobody minds.", 14),
        ("def count(texts: list[str]) -> int:\n    return sum(len(t) for t in texts)\n", 22),
        ("适宜温度 20~25℃，湿度 40~60%，价格 500~1000 元，人工智能的发展日新月异。", 38),
        ("3.14159265358979323846264338327950288", 37),
        ("😀👩‍👩‍👧‍👦", 11),
    ],
)
def test_no_fewer_than_qwens_tokenizer_counts_but_not_twice_as_many(text: str, tokens: int) -> None:
    (marks,) = count([""])
    (counted,) = count([text])
    assert tokens <= counted - marks < 2 * tokens
