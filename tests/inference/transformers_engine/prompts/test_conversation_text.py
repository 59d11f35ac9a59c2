"""Templates are tried before anybody is answered, and take system messages where they can."""

from __future__ import annotations

import pytest

from inference.errors import InferenceError, InferenceErrorCode
from inference.transformers_engine.prompts.conversation_text import (
    ConversationText,
    TemplateFaultError,
    folded,
)
from inference.types import ChatMessage
from tests.inference.transformers_engine.several_tokenizers import tokenizer_of

SYSTEM, QUESTION, ANSWER = (
    ChatMessage("system", "be short"),
    ChatMessage("user", "why?"),
    ChatMessage("assistant", "so"),
)
EACH = "{% for m in messages %}{{ m.role }}:{{ m.content }};{% endfor %}"
NO_SYSTEM = "{% if messages[0].role == 'system' %}{{ raise_exception('none') }}{% endif %}" + EACH
ONE_TURN = "{% if messages | length > 1 %}{{ raise_exception('one') }}{% endif %}" + EACH


def text_of(template: str, *messages: ChatMessage, **switches: bool) -> str:
    made = ConversationText(tokenizer_of("byte_level"), template, has_switch=bool(switches))
    return made.render(messages, **switches)


def test_a_system_message_stays_where_the_template_takes_it() -> None:
    assert text_of(EACH, SYSTEM, QUESTION) == "system:be short;user:why?;"


def test_a_refused_system_message_begins_the_question() -> None:
    assert text_of(NO_SYSTEM, SYSTEM, QUESTION) == "user:be short\n\nwhy?;"


def test_switches_reach_the_template() -> None:
    template = EACH + "{{ 'on' if enable_thinking else 'off' }}"
    assert text_of(template, QUESTION, enable_thinking=False) == "user:why?;off"


def test_the_tokenizers_own_template_is_the_default() -> None:
    made = ConversationText(tokenizer_of("byte_level"), None, has_switch=False)
    assert made.render([QUESTION]) == "<|im_start|>user\nwhy?<|im_end|>\n<|im_start|>assistant\n"


@pytest.mark.parametrize(
    "template",
    [
        "{% for m in messages %}",
        "{{ messages | unknown }}",
        "{{ messages[0].absent.more }}",
        "{{ raise_exception('nothing pleases me') }}",
        "{{ messages[1].absent.more if messages | length > 1 }}",
        "{% if messages[0].role == 'system' %}{{ absent.more }}{% endif %}",
    ],
)
def test_a_template_that_cannot_be_applied_is_found_at_once(template: str) -> None:
    with pytest.raises(TemplateFaultError):
        ConversationText(tokenizer_of("byte_level"), template, has_switch=False)


def test_a_fault_behind_the_switch_is_found_at_once() -> None:
    template = EACH + "{% if enable_thinking is false %}{{ absent.more }}{% endif %}"
    with pytest.raises(TemplateFaultError):
        ConversationText(tokenizer_of("byte_level"), template, has_switch=True)


def test_what_a_template_refuses_is_an_error_of_the_request() -> None:
    with pytest.raises(InferenceError) as raised:
        text_of(ONE_TURN, QUESTION, ANSWER, QUESTION)
    assert raised.value.code is InferenceErrorCode.INVALID_REQUEST
    assert raised.value.detail["reason"] == "one"


@pytest.mark.parametrize(
    ("messages", "texts"),
    [
        ([SYSTEM, SYSTEM, QUESTION], ["be short\n\nbe short\n\nwhy?"]),
        ([QUESTION, SYSTEM, ANSWER, QUESTION], ["why?", "so", "be short\n\nwhy?"]),
        ([QUESTION, ANSWER, SYSTEM], ["why?", "so", "be short"]),
        ([QUESTION, ANSWER], ["why?", "so"]),
        ([], []),
    ],
)
def test_folding_keeps_every_word_in_order(messages: list[ChatMessage], texts: list[str]) -> None:
    found = folded(messages)
    assert [message.content for message in found] == texts
    assert all(message.role != "system" for message in found)
