"""Renders a request as a prompt for llama.cpp.

llama.cpp reads control tokens in all text of a prompt. Where a person wrote the text of one, it is
therefore passed as tokens of plain text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inference.errors import InferenceError, InferenceErrorCode
from inference.llama_cpp_engine.gguf_prompts import GgufPrompts
from inference.llama_cpp_engine.listener import LlamaListener
from inference.text.control_strings import ControlStrings, MarkedTexts, PromptPart
from inference.text.reasoning_tags import ReasoningTags
from inference.text.text_so_far import TextSoFar
from inference.types import GenerationRequest, SamplingOptions

_BEFORE = "\x01"
"""Prefix of a text that begins within a line: no tokenizer merges it with the text."""
_EMPTY = PromptPart("", is_plain=False)
_REASON, _RAISED = "Error: ", "Jinja Exception: "


@dataclass(frozen=True, slots=True)
class LlamaPrompt:
    """`parts` are texts, in which control tokens count, and tokens. The first is a text: llama.cpp
    puts the token of a text's beginning before it where the model has one. Of the control tokens
    in the answer those in `shown` become text, as the `tags` consist of them.
    """

    parts: list[str | int]
    reasoning_opened: bool
    tags: ReasoningTags
    shown: tuple[str, ...]


class PromptWriter:
    """Writes the prompts of one model. Blocking; may be used from several threads at once."""

    def __init__(self, listener: LlamaListener, prompts: GgufPrompts) -> None:
        self._listener = listener
        self._prompts = prompts
        self._strings = ControlStrings(prompts.control_strings, template=prompts.own)

    def prompt(self, request: GenerationRequest) -> LlamaPrompt:
        """Ready for the answer, or for the rest of it, to follow.

        Raises `OSError` once the process has ended, `InferenceError` with `invalid_request` for
        messages that the template refuses.
        """
        marked = self._strings.marked([message.content for message in request.messages])
        text = self._applied(request, marked.texts)
        after = self._after(TextSoFar.of(request), text)
        parts = self._encoded([*_cut(marked, text), *after])
        tags, shown = self._prompts.tags, self._prompts.shown
        return LlamaPrompt(parts, tags.is_opened_by(text), tags, shown)

    def question_tokens(self, request: GenerationRequest) -> int:
        """The tokens of its prompt without the answer so far. Raises like `prompt`."""
        question = replace(request, reasoning_so_far="", answer_so_far="")
        return self._listener.prompt_length(self.prompt(question).parts)

    def _applied(self, request: GenerationRequest, texts: Sequence[str]) -> str:
        messages = [
            {"role": message.role, "content": text}
            for message, text in zip(request.messages, texts, strict=True)
        ]
        try:
            return self._listener.apply_template(messages, _switches(request.options))
        except ValueError as error:
            raise _refused(error) from None

    def _after(self, so_far: TextSoFar, prompt: str) -> Iterator[PromptPart]:
        """The text so far as plain text, cut where the model's own tokens began."""
        for part in so_far.after(prompt, self._prompts.tags):
            if part.tag:
                yield PromptPart(part.text, is_plain=False)
                continue
            marked = self._strings.marked([part.text])
            for piece in _cut(marked, marked.texts[0]):
                yield replace(piece, is_plain=True)

    def _encoded(self, parts: Sequence[PromptPart]) -> list[str | int]:
        if not parts or parts[0].is_plain:
            parts = [_EMPTY, *parts]
        first, *rest = parts
        plain = iter(self._tokens([part.text for part in rest if part.is_plain]))
        others = iter(self._others([part.text for part in rest if not part.is_plain]))
        encoded: list[str | int] = [first.text]
        for part in rest:
            encoded.extend(next(plain if part.is_plain else others))
        return encoded

    def _others(self, texts: list[str]) -> Sequence[Sequence[str | int]]:
        """The parts; unchanged where llama.cpp puts no space before a text that follows tokens."""
        if self._prompts.has_space_prefix:
            return self._tokens(texts, has_controls=True)
        return [[text] for text in texts]

    def _tokens(self, texts: list[str], *, has_controls: bool = False) -> list[list[int]]:
        """The tokens of each text as within a line, without a space before it."""
        if not texts:
            return []
        if not self._prompts.has_space_prefix:
            return self._listener.tokens(texts, has_controls=has_controls)
        within = [_BEFORE, *(_BEFORE + text for text in texts)]
        before, *found = self._listener.tokens(within, has_controls=has_controls)
        return [tokens[len(before) :] for tokens in found]


def _cut(marked: MarkedTexts, prompt: str) -> Iterator[PromptPart]:
    """llama.cpp finds user-defined tokens in any text, and makes some control tokens such: only a
    string that is cut in two is certainly none.
    """
    for part in marked.pieces(prompt):
        for text in (part.text[:1], part.text[1:]) if part.is_plain else (part.text,):
            if text:
                yield replace(part, text=text)


def _switches(options: SamplingOptions) -> dict[str, bool]:
    """The variables of the template beside the messages. A JSON answer begins without reasoning,
    since reasoning is no JSON.
    """
    thinking = options.enable_thinking if options.response_format is None else False
    return {} if thinking is None else {"enable_thinking": thinking}


def _refused(error: ValueError) -> InferenceError:
    """The template's own message: llama.cpp puts it after the position in the template."""
    reason = str(error).rpartition(_REASON)[2].removeprefix(_RAISED).strip()
    return InferenceError(InferenceErrorCode.INVALID_REQUEST, str(error), detail={"reason": reason})
