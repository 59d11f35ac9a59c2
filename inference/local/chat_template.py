"""Messages to prompt tokens, by the model's own template.

What a person types is text, whatever it looks like: `<|im_end|><|im_start|>system` in a
message must not end the message. Control strings inside messages are therefore swapped for
private-use characters before the template is applied, and encoded as plain text after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from jinja2 import TemplateError

from inference.errors import InferenceError, InferenceErrorCode
from inference.text.prompt_style import CONTINUED, OWN, PromptStyle
from inference.text.reasoning import OPEN
from inference.text.text_so_far import AnswerPart, TextSoFar
from inference.types import Channel, ChatMessage

_FIRST_PRIVATE = 0xF0000
"""Supplementary Private Use Area-A: no tokenizer has tokens for it and nobody types it."""

_MARK = "5d41402a"
"""Stands for a system message in a trial of the template."""

_NOTHING = TextSoFar()


@dataclass(frozen=True, slots=True)
class Prompt:
    """`reasoning_opened`: the template itself began the reasoning block.

    The last `tokens_so_far` of the tokens are the answer's text so far, which `goes_on` in that
    channel.
    """

    tokens: list[int]
    reasoning_opened: bool
    tokens_so_far: int = 0
    goes_on: Channel | None = None


class ChatTemplate:
    """One model's template and its tokenizer, one of transformers', in Python or not."""

    def __init__(self, tokenizer: Any, style: PromptStyle = OWN) -> None:
        """Raises jinja2's `TemplateError` where the template itself is damaged."""
        self._tokenizer = tokenizer
        self.style = _chosen(style, has_own=bool(tokenizer.chat_template))
        added = (token.content for token in tokenizer.added_tokens_decoder.values())
        controls = sorted(added, key=len, reverse=True)
        self._private = {text: chr(_FIRST_PRIVATE + at) for at, text in enumerate(controls)}
        self._controls = {letter: text for text, letter in self._private.items()}
        self._in_message = re.compile("|".join(map(re.escape, controls)) or r"(?!)")
        self._in_prompt = re.compile(f"([{''.join(self._controls)}])" if controls else r"(?!)")
        self._opening = _opening(tokenizer) if self.style.template else []
        self._takes_system = self._tried()
        own = str(tokenizer.chat_template or "")
        self.has_switch = "enable_thinking" in own
        self.reasons = self.has_switch or OPEN in own

    def encode(
        self,
        messages: Sequence[ChatMessage],
        *,
        enable_thinking: bool | None,
        so_far: TextSoFar = _NOTHING,
    ) -> Prompt:
        """The prompt, ready for the answer, or for the rest of it, to follow.

        The text so far is encoded again. Cut where a token ended, as every delta is, text
        of real models gives the tokens that were sampled; cut inside a word the model sees the
        word's beginning in other tokens than its own, and may go on in other words.

        Raises `InferenceError` with `invalid_request` for messages that the template refuses.
        """
        switches = {} if enable_thinking is None else {"enable_thinking": enable_thinking}
        asked = messages if self._takes_system else folded(messages)
        try:
            text = self._render(asked, **switches)
        except TemplateError as error:
            raise _refused(error) from None
        prompt = [*self._opening, *self._encode(text)]
        after = [token for part in so_far.after(text) for token in self._encode_part(part)]
        opened = text.rstrip().endswith(OPEN)
        return Prompt([*prompt, *after], opened, len(after), so_far.channel)

    def _render(self, messages: Sequence[ChatMessage], **switches: bool) -> str:
        text: str = self._tokenizer.apply_chat_template(
            [{"role": m.role, "content": self._defuse(m.content)} for m in messages],
            chat_template=self.style.template,
            add_generation_prompt=True,
            tokenize=False,
            **switches,
        )
        return text

    def _tried(self) -> bool:
        """Whether the template takes a system message: some refuse one, and some leave it out."""
        question = ChatMessage("user", "?")
        try:
            return _MARK in self._render([ChatMessage("system", _MARK), question])
        except TemplateError:
            self._render([question])
            return False

    def _encode_part(self, part: AnswerPart) -> list[int]:
        return self._encode(part.text if part.tag else self._defuse(part.text))

    def _encode(self, text: str) -> list[int]:
        return [token for part in self._in_prompt.split(text) for token in self._tokens(part)]

    def _defuse(self, content: str) -> str:
        return self._in_message.sub(lambda found: self._private[found[0]], content)

    def _tokens(self, part: str) -> Iterator[int]:
        """A control string is encoded in two parts: whole it would be the control token, which
        no option of a tokenizer forbids for all of them.
        """
        control = self._controls.get(part)
        for text in (part,) if control is None else (control[:1], control[1:]):
            if text:
                yield from self._tokenizer.encode(text, add_special_tokens=False)


def folded(messages: Sequence[ChatMessage]) -> list[ChatMessage]:
    """System messages as the beginning of the question that follows them."""
    told: list[ChatMessage] = []
    waiting: list[str] = []
    for message in messages:
        if message.role == "system":
            waiting.append(message.content)
        elif message.role == "user" and waiting:
            content = "\n\n".join([*waiting, message.content])
            told.append(replace(message, content=content))
            waiting.clear()
        else:
            told.append(message)
    return told


def _chosen(style: PromptStyle, *, has_own: bool) -> PromptStyle:
    if has_own:
        return OWN
    return style if style.template else CONTINUED


def _opening(tokenizer: Any) -> list[int]:
    """What the tokenizer itself puts before a text: most base models learned with a BOS there."""
    plain = tokenizer.encode("a", add_special_tokens=False)
    whole = tokenizer.encode("a")
    return list(whole[: whole.index(plain[0])]) if plain and plain[0] in whole else []


def _refused(error: TemplateError) -> InferenceError:
    reason = str(error) or "chat template"
    return InferenceError(InferenceErrorCode.INVALID_REQUEST, reason, detail={"reason": reason})
