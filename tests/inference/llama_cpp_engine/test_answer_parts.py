"""However an answer was divided, its reader sees one."""

from __future__ import annotations

from dataclasses import replace

from inference.events import GenerationEvent, GenerationFinished, TextDelta
from inference.llama_cpp_engine.answer_parts import AnswerParts
from inference.types import Usage
from tests.inference.backends.contract import request

ASKED = request("Hello", max_new_tokens=10, stop=("END",))


def _read(parts: AnswerParts, *events: GenerationEvent) -> list[GenerationEvent]:
    return [shown for event in events for shown in parts.read(event, Usage(0, 0))]


def test_the_first_part_is_what_was_asked() -> None:
    assert AnswerParts(ASKED).rest() == ASKED


def test_the_next_part_continues_the_text_sent_with_the_tokens_left() -> None:
    parts = AnswerParts(replace(ASKED, reasoning_so_far="Hm", answer_so_far="A", tokens_so_far=5))
    _read(parts, TextDelta("reasoning", "m."), TextDelta("answer", " fox"))
    parts.interrupted(Usage(7, 4))
    rest = parts.rest()
    assert (rest.reasoning_so_far, rest.answer_so_far) == ("Hmm.", "A fox")
    assert (rest.options.max_new_tokens, rest.tokens_so_far) == (6, 9)
    assert (rest.messages, rest.options.stop) == (ASKED.messages, ASKED.options.stop)


def test_an_answer_without_a_limit_has_none_later() -> None:
    parts = AnswerParts(request("Hello"))
    parts.interrupted(Usage(7, 4))
    assert parts.rest().options.max_new_tokens is None


def test_an_answer_interrupted_at_its_last_token_has_ended() -> None:
    parts = AnswerParts(ASKED)
    parts.interrupted(Usage(7, 9))
    assert not parts.has_all_tokens
    assert _read(parts, TextDelta("answer", "fox E")) == [TextDelta("answer", "fox ")]
    parts.interrupted(Usage(16, 1))
    assert parts.has_all_tokens
    assert [*parts.ending()] == [
        TextDelta("answer", "E"),
        GenerationFinished("length", Usage(7, 10)),
    ]


def test_the_end_counts_the_first_prompt_and_all_that_was_written() -> None:
    parts = AnswerParts(ASKED)
    parts.interrupted(Usage(256, 0))  # in the middle of its prompt
    parts.interrupted(Usage(300, 4, 20))
    parts.interrupted(Usage(304, 3, 300))
    ends = _read(parts, GenerationFinished("length", Usage(307, 3, 290)))
    assert ends == [GenerationFinished("length", Usage(300, 10, 20))]


def test_a_stop_string_is_found_across_parts() -> None:
    parts = AnswerParts(ASKED)
    assert _read(parts, TextDelta("answer", "a fox E")) == [TextDelta("answer", "a fox ")]
    parts.interrupted(Usage(7, 4))
    assert parts.rest().answer_so_far == "a fox E"
    found = [*parts.read(TextDelta("answer", "ND."), Usage(11, 2))]
    assert found == [GenerationFinished("stop", Usage(7, 6))]
