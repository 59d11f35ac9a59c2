"""Loops with a gap in them are stopped, and lists that were wanted are not."""

from __future__ import annotations

import pytest

from inference.text.similar_lines import SimilarLines
from tests.inference.text.repeated import LOOPS, WANTED, WITH_GAPS


def stop(text: str) -> int | None:
    return SimilarLines().push(text)


@pytest.mark.parametrize("name", WITH_GAPS)
def test_a_loop_in_which_a_word_changes_is_stopped(name: str) -> None:
    assert (stop(LOOPS[name]) or 9999) < 1100


@pytest.mark.parametrize("name", WANTED)
def test_what_was_wanted_is_not_stopped(name: str) -> None:
    assert stop(f"Here it is:\n\n{WANTED[name]}\nThat was all.\n") is None


def test_sentences_that_begin_alike_are_not_stopped() -> None:
    changes = ("身体健康，万事如意", "学业进步，天天开心", "工作顺利，步步高升", "阖家幸福")
    lines = [f"{n}. 亲爱的朋友，在新的一年里祝你{changes[n % 4]}！\n" for n in range(12)]
    assert stop("".join(lines)) is None


def test_rows_of_a_table_and_lines_of_code_are_not_stopped() -> None:
    rows = "".join(f"| 第{n}个学生的姓名和学号写在这里 | 班级和成绩 | {n} |\n" for n in range(40))
    assert stop(f"| a | b | c |\n|---|---|---|\n{rows}") is None
    code = "".join(f"student_{n}.enter('somebody or other', 'a class')\n" for n in range(40))
    assert stop(f"```python\n{code}```\n") is None


def test_a_cut_changes_nothing() -> None:
    text = LOOPS["zh_slot"]
    reader, read = SimilarLines(), 0
    for char in text:
        read += 1
        if reader.push(char):
            break
    assert read == stop(text)
