"""The prompt styles of models without a chat template.

A model's own template always comes first.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from inference.text.known_templates import KNOWN, KnownTemplate
from inference.types import ModelNote

_PLAIN = (
    "{% for message in messages %}"
    "{{ {'system': '', 'user': 'User: ', 'assistant': 'Assistant: '}[message.role] }}"
    "{{ message.content }}\n\n"
    "{% endfor %}{% if add_generation_prompt %}Assistant:{% endif %}"
)
_CONTINUED = (
    "{% for message in messages %}"
    "{{ ('' if loop.first or message.role == 'assistant' else '\\n\\n') ~ message.content }}"
    "{% endfor %}"
)
"""An answer follows the text before it directly; the next text begins a paragraph."""
_CHATS = re.compile(
    r"(?<![a-z])(chat|instruct|it|sft|dpo|rlhf|assistant|alpaca|vicuna|zephyr|hermes)(?![a-z])",
    re.IGNORECASE,
)
"""Words by which publishers mark chat models."""


@dataclass(frozen=True, slots=True)
class PromptStyle:
    """`template` is Jinja's, None for the model's own. The answer ends before any of `stop`.

    A `note` is for the model's card.
    """

    template: str | None = None
    stop: tuple[str, ...] = ()
    note: ModelNote | None = None

    @property
    def is_base(self) -> bool:
        """Whether it continues a text instead of chatting."""
        return self.note is ModelNote.BASE_MODEL


OWN = PromptStyle()
PLAIN = PromptStyle(_PLAIN, ("\nUser:", "\n\nAssistant:"), ModelNote.PLAIN_TEMPLATE)
"""For a chat model whose format is not known."""
CONTINUED = PromptStyle(_CONTINUED, (), ModelNote.BASE_MODEL)
"""For a base model: the plain text, without roles."""


def named_style(name: str) -> PromptStyle:
    """The style of a model without a template, by its name."""
    if known := _known(name):
        return PromptStyle(known.template, known.stop)
    return PLAIN if _CHATS.search(name) else CONTINUED


def _known(name: str) -> KnownTemplate | None:
    return next((known for known in KNOWN if known.names.search(name)), None)
