"""Code blocks begin and end with a fence at a line's beginning."""

from __future__ import annotations

import pytest

from inference.text.code_fence import CodeFence


@pytest.mark.parametrize(
    ("text", "is_open"),
    [
        ("```python\nx = 1\n", True),
        ("1. So:\n   ```\n", True),
        ("```\nx\n```\n", False),
        ("~~~\nx\n", True),
        ("Use ``` for code", False),
        ("``not", False),
    ],
)
def test_it_knows_whether_a_text_ends_inside_one(text: str, is_open: bool) -> None:
    fence = CodeFence()
    for char in text:
        fence.read(char)
    assert fence.is_open == is_open
