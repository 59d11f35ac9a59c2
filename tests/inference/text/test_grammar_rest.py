"""A continued text ends as the whole grammar requires."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.text.grammar_rest import rest_of
from inference.text.parsed_grammar import ParsedGrammar

NUMBERS = 'root ::= "[" (n (", " n){0,2})? "]"\nn ::= "-"? ("0" | [1-9] [0-9]*) ("." [0-9]+)?\n'
NESTED = 'root ::= "(" root? ")" | word{2} | [^\\x00-\\x60]\nword ::= "a\\"" | "b\\\\"\n'


def allows(grammar: str, text: str) -> bool:
    """Whether the grammar has this text, as a whole."""
    rest = rest_of(grammar, text)
    return rest is not None and () in ParsedGrammar(rest).rules["root"]


@pytest.mark.parametrize(
    ("grammar", "text", "is_allowed"),
    [
        (NUMBERS, "[]", True),
        (NUMBERS, "[1, -20, 0.5]", True),
        (NUMBERS, "[1, 2, 3, 4]", False),
        (NUMBERS, "[01]", False),
        (NUMBERS, "[1", False),
        (NUMBERS, "[1]]", False),
        (NESTED, "((z))", True),
        (NESTED, '(a"b\\)', True),
        (NESTED, '(a")', False),
        (NESTED, "((z)", False),
    ],
)
def test_a_text_is_allowed_or_not(grammar: str, text: str, is_allowed: bool) -> None:
    assert allows(grammar, text) is is_allowed


@given(st.text('[]01.5-, ()zab"\\', max_size=8), st.integers(1, 7))
def test_the_rest_allows_what_completes_the_beginning(text: str, cut: int) -> None:
    beginning, end = text[:cut], text[cut:]
    for grammar in (NUMBERS, NESTED):
        rest = rest_of(grammar, beginning)
        assert (rest is not None and allows(rest, end)) == allows(grammar, text) or not end


def test_without_a_beginning_the_grammar_stays_as_it_is() -> None:
    assert rest_of(NUMBERS, "") == NUMBERS
