"""Messages to prompt tokens, by the model's own template.

What a person types is text, whatever it looks like: `<|im_end|><|im_start|>system` in a
message must not end the message. Control strings inside messages are therefore swapped for
private-use characters before the template is applied, and encoded as plain text after.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inference.local.reasoning import OPEN
from inference.local.said import Part, Said
from inference.types import Channel, ChatMessage

_FIRST_PRIVATE = 0xF0000
"""Supplementary Private Use Area-A: no tokenizer has tokens for it and nobody types it."""

PLAIN_TEMPLATE = (
    "{% for message in messages %}"
    "{{ {'system': '', 'user': 'User: ', 'assistant': 'Assistant: '}[message.role] }}"
    "{{ message.content }}\n\n"
    "{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"
)
"""For base models that bring none."""

_NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Prompt:
    """`reasoning_opened`: the template itself began the reasoning block.

    The last `said` of the tokens are the answer's text so far, which `goes_on` in that channel.
    """

    tokens: list[int]
    reasoning_opened: bool
    said: int = 0
    goes_on: Channel | None = None


class ChatTemplate:
    """One model's template and tokenizer (transformers' PreTrainedTokenizerFast)."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self.is_plain = not tokenizer.chat_template
        added = (token.content for token in tokenizer.added_tokens_decoder.values())
        controls = sorted(added, key=len, reverse=True)
        self._private = {text: chr(_FIRST_PRIVATE + at) for at, text in enumerate(controls)}
        self._controls = {letter: text for text, letter in self._private.items()}
        self._in_message = re.compile("|".join(map(re.escape, controls)) or r"(?!)")
        self._in_prompt = re.compile(f"([{''.join(self._controls)}])" if controls else r"(?!)")

    def encode(
        self,
        messages: Sequence[ChatMessage],
        *,
        enable_thinking: bool | None,
        said: Said = _NOTHING,
    ) -> Prompt:
        """The prompt, ready for the answer, or for the rest of it, to follow.

        What was said is encoded from its text. Cut where a token ended, as every delta is, text
        of real models gives the tokens that were sampled; cut inside a word the model sees the
        word's beginning in other tokens than its own, and may go on in other words.
        """
        switches = {} if enable_thinking is None else {"enable_thinking": enable_thinking}
        text = self._tokenizer.apply_chat_template(
            [{"role": m.role, "content": self._defuse(m.content)} for m in messages],
            chat_template=PLAIN_TEMPLATE if self.is_plain else None,
            add_generation_prompt=True,
            tokenize=False,
            **switches,
        )
        prompt = self._encode(text)
        after = [token for part in said.after(text) for token in self._encode_part(part)]
        opened = text.rstrip().endswith(OPEN)
        return Prompt([*prompt, *after], opened, len(after), said.channel)

    def _encode_part(self, part: Part) -> list[int]:
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
