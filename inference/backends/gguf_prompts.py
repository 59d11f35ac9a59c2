"""How a GGUF model is asked: by the chat template in its file, or in its place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inference.catalog.gguf import GgufHeader
from inference.option_rules import NO_SWITCH, with_reasoning, with_rule
from inference.text.prompt_style import OWN, PromptStyle, named_style
from inference.text.reasoning import OPEN
from inference.types import GenerationRequest, ModelCard

_TEMPLATE = "tokenizer.chat_template"
_SWITCH = "enable_thinking"


@dataclass(frozen=True, slots=True)
class GgufPrompts:
    """`own` is the file's template, "" where it has none: llama.cpp would take ChatML then, whose
    marks the model has never seen.
    """

    own: str
    style: PromptStyle

    @classmethod
    def of(cls, header: GgufHeader, name: str) -> GgufPrompts:
        """By the header, and where that has no template by the names in it and of the file:
        either may leave out that it was trained to chat.
        """
        own = str(header.values.get(_TEMPLATE) or "")
        return cls(own, OWN if own else named_style(f"{header.name or ''} {name}"))

    def noted(self, card: ModelCard) -> ModelCard:
        """The card with what a person should know of it."""
        others = tuple(note for note in card.notes if note is not self.style.note)
        return replace(
            card,
            notes=(*others, self.style.note) if self.style.note else card.notes,
            is_base=self.style.is_base,
            option_rules=with_rule(card.option_rules, NO_SWITCH, holds=_SWITCH not in self.own),
            abilities=with_reasoning(card.abilities, holds=self._reasons),
        )

    def stopped(self, request: GenerationRequest) -> GenerationRequest:
        """The request with what ends an answer beside its own stop strings."""
        options = request.options
        stop = (*options.stop, *self.style.stop)
        return replace(request, options=replace(options, stop=stop))

    @property
    def _reasons(self) -> bool:
        return OPEN in self.own or _SWITCH in self.own


NOTHING_KNOWN = GgufPrompts("", OWN)
"""Until the file was read."""
