"""A line's number, and no other, is made equal."""

from __future__ import annotations

import pytest

from inference.text.counters import COUNTER, NUMERAL, Counters


def _plain(text: str) -> str:
    counters = Counters()
    return "".join(map(counters.plain, text)).replace(COUNTER, "#").replace(NUMERAL, "$")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("13. Go on.\n14. Go on.\n", "#. Go on.\n#. Go on.\n"),
        ("第十二条：好", "第#条：好"),
        ("**Step 13:** go", "**Step #:** go"),
        ("3 × 4 = 12", "# × 4 = 12"),
        ("In the year 1999", "In the year 1999"),
        ("他有一个朋友", "他有$个朋友"),
        ("", ""),
    ],
)
def test_the_first_number_near_a_lines_beginning_is_replaced(text: str, plain: str) -> None:
    assert _plain(text) == plain
