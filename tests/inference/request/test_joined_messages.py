"""Models see roles that alternate, whatever was left out before."""

from __future__ import annotations

from inference.request.history import fit
from inference.request.joined_messages import joined
from inference.types import ChatMessage, GenerationRequest, Role


def _request(*received: tuple[Role, str]) -> GenerationRequest:
    return GenerationRequest("r", "m", "a", tuple(ChatMessage(*one) for one in received))


def _texts(request: GenerationRequest) -> list[str]:
    return [message.content for message in joined(request).messages]


def test_questions_in_a_row_become_one_with_blank_lines_between() -> None:
    request = _request(("user", "一"), ("user", "二"), ("user", "三"))
    assert joined(request).messages == (ChatMessage("user", "一\n\n二\n\n三"),)


def test_answers_in_a_row_become_one() -> None:
    received: list[tuple[Role, str]] = [("user", "一"), ("assistant", "二"), ("assistant", "三")]
    assert _texts(_request(*received, ("user", "四"))) == ["一", "二\n\n三", "四"]


def test_texts_without_words_add_no_blank_lines() -> None:
    assert _texts(_request(("user", "一"), ("user", " "), ("user", "三"))) == ["一\n\n三"]


def test_alternating_messages_stay_the_request_they_are() -> None:
    request = _request(("system", "x"), ("user", " 一 "), ("assistant", ""), ("user", "三"))
    assert joined(request) is request


def test_a_question_that_does_not_fit_is_dropped_alone_before_it_is_joined() -> None:
    request = _request(("user", "长" * 500), ("user", "二"), ("user", "三"))
    fitted = fit(request, 64, lambda texts: [len(text) for text in texts])
    assert fitted.dropped_turns == 1
    assert _texts(fitted.request) == ["二\n\n三"]
