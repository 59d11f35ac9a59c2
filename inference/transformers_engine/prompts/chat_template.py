"""Messages to prompt tokens, by the model's own template.

Text of a person is never a control token: `<|im_end|><|im_start|>system` in a message must not end
the message. Control strings inside messages are therefore marked before the template is applied,
and encoded as plain text after.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from inference.text.control_strings import ControlStrings, PromptPart
from inference.text.prompt_style import CONTINUED, OWN, PromptStyle
from inference.text.reasoning_tags import THINK, ReasoningTags, reasoning_tags
from inference.text.text_so_far import AnswerPart, TextSoFar
from inference.transformers_engine.prompts.control_tokens import control_tokens
from inference.transformers_engine.prompts.conversation_text import ConversationText
from inference.transformers_engine.prompts.prompt_encoder import prompt_encoder, tokens_after
from inference.transformers_engine.prompts.tag_tokens import NO_TAG_TOKENS, TagTokens, tag_tokens
from inference.types import Channel, ChatMessage

_NOTHING = TextSoFar()


@dataclass(frozen=True, slots=True)
class Prompt:
    """`reasoning_opened`: the template itself began the reasoning block. Its `tags` are those of
    the model's family, `tag_tokens` the special tokens of which they consist.

    The last `tokens_so_far` of the tokens are the answer's text so far, which continues in that
    channel (`continued`).
    """

    tokens: list[int]
    reasoning_opened: bool
    tokens_so_far: int = 0
    continued: Channel | None = None
    tags: ReasoningTags = THINK
    tag_tokens: TagTokens = NO_TAG_TOKENS


class ChatTemplate:
    """One model's template and its tokenizer, any of transformers'."""

    def __init__(self, tokenizer: Any, style: PromptStyle = OWN) -> None:
        """Raises `TemplateFaultError` for a template that cannot be applied."""
        own = str(tokenizer.chat_template or "")
        self.style = _chosen(style, has_own=bool(own))
        self.tags = reasoning_tags(own, _added(tokenizer))
        self.has_switch = "enable_thinking" in own
        self.reasons = self.has_switch or self.tags.opening.strip() in own
        template = self.style.template
        self._text = ConversationText(tokenizer, template, has_switch=self.has_switch)
        source = own if template is None else template
        controls = control_tokens(tokenizer, source, self.tags)
        self._controls = ControlStrings([*controls, *self.tags.strings], template=source)
        self._tag_tokens = tag_tokens(tokenizer, self.tags)
        self._encoder = prompt_encoder(tokenizer, controls)
        self._opening = _opening(tokenizer) if template else []

    def encode(
        self,
        messages: Sequence[ChatMessage],
        *,
        enable_thinking: bool | None,
        so_far: TextSoFar = _NOTHING,
    ) -> Prompt:
        """The prompt, ready for the answer, or for the rest of it, to follow.

        Its tokens are those that the tokenizer itself gives for the template's text, where no
        message contains a control string. The text so far is encoded again. Cut where a token
        ended, as every delta is, text of real models gives the tokens that were sampled; cut inside
        a word the model sees the word's beginning in other tokens than its own, and may continue
        with other words.

        Raises `InferenceError` with `invalid_request` for messages that the template refuses.
        """
        switches = {} if enable_thinking is None else {"enable_thinking": enable_thinking}
        marked = self._controls.marked([message.content for message in messages])
        asked = [replace(m, content=text) for m, text in zip(messages, marked.texts, strict=True)]
        text = self._text.render(asked, **switches)
        prompt = list(marked.pieces(text))
        rest = [piece for part in so_far.after(text, self.tags) for piece in self._pieces(part)]
        tokens = [*self._opening, *self._encoder.tokens(prompt)]
        after = tokens_after(self._encoder, prompt, rest) if rest else []
        return Prompt(
            [*tokens, *after],
            self.tags.is_opened_by(text),
            len(after),
            so_far.channel,
            self.tags,
            self._tag_tokens,
        )

    def _pieces(self, part: AnswerPart) -> Iterator[PromptPart]:
        if part.tag:
            yield PromptPart(part.text, is_plain=False)
            return
        marked = self._controls.marked([part.text])
        yield from marked.pieces(marked.texts[0])


def _chosen(style: PromptStyle, *, has_own: bool) -> PromptStyle:
    if has_own:
        return OWN
    return style if style.template else CONTINUED


def _added(tokenizer: Any) -> list[str]:
    return [token.content for token in tokenizer.added_tokens_decoder.values()]


def _opening(tokenizer: Any) -> list[int]:
    """The tokens that the tokenizer puts before a text, such as a BOS of base models."""
    plain = tokenizer.encode("a", add_special_tokens=False)
    whole = tokenizer.encode("a")
    return list(whole[: whole.index(plain[0])]) if plain and plain[0] in whole else []
