"""The prompt format of a GGUF model: the chat template in its file, or a replacement."""

from __future__ import annotations

from dataclasses import dataclass, replace

from inference.catalog.gguf import GgufHeader
from inference.catalog.gguf_vocabulary import AddedTokens
from inference.request.option_rules import NO_SWITCH, with_reasoning, with_rule
from inference.text.prompt_style import OWN, PromptStyle, named_style
from inference.text.reasoning_tags import THINK, ReasoningTags, reasoning_tags
from inference.types import GenerationRequest, ModelCard

_TEMPLATE = "tokenizer.chat_template"
_SWITCH = "enable_thinking"
_MODEL = "tokenizer.ggml.model"
_SPACE_PREFIX = "tokenizer.ggml.add_space_prefix"
_SENTENCE_PIECE = "llama"


_NOTHING_ADDED = AddedTokens()


@dataclass(frozen=True, slots=True)
class GgufPrompts:
    """`own` is the file's template, "" where it has none: llama.cpp would use ChatML then, which
    the model may not know. `has_space_prefix`: the tokenizer puts a space before a text.
    """

    own: str
    style: PromptStyle
    added: AddedTokens = _NOTHING_ADDED
    tags: ReasoningTags = THINK
    has_space_prefix: bool = False

    @classmethod
    def of(cls, header: GgufHeader, name: str, added: AddedTokens = _NOTHING_ADDED) -> GgufPrompts:
        """By the header, and where that has no template by the names in it and of the file:
        either may leave out that it was trained to chat.
        """
        own = str(header.values.get(_TEMPLATE) or "")
        return cls(
            own,
            OWN if own else named_style(f"{header.name or ''} {name}"),
            added,
            reasoning_tags(own, (*added.control, *added.user_defined)),
            has_space_prefix=_has_space_prefix(header),
        )

    @property
    def control_strings(self) -> tuple[str, ...]:
        """What must not become a token in a person's text: of the tokens that are found in any
        text those that the template gives a meaning, not the usual words and blanks among them.
        """
        meant = "".join((self.own, self.style.template or "", *self.tags.strings))
        marks = (text for text in self.added.user_defined if _is_mark(text) and text in meant)
        return (*self.added.control, *marks)

    @property
    def shown(self) -> tuple[str, ...]:
        """Control tokens that the answer's text must have, as the reasoning's tags consist of
        them.
        """
        tags = "".join(self.tags.strings)
        return tuple(text for text in self.added.control if text in tags)

    def noted(self, card: ModelCard) -> ModelCard:
        """The card with its notes."""
        others = tuple(note for note in card.notes if note is not self.style.note)
        return replace(
            card,
            notes=(*others, self.style.note) if self.style.note else card.notes,
            is_base=self.style.is_base,
            option_rules=with_rule(card.option_rules, NO_SWITCH, holds=_SWITCH not in self.own),
            abilities=with_reasoning(card.abilities, holds=self._reasons),
        )

    def stopped(self, request: GenerationRequest) -> GenerationRequest:
        """The request with the stop strings of the prompt style."""
        options = request.options
        stop = (*options.stop, *self.style.stop)
        return replace(request, options=replace(options, stop=stop))

    @property
    def _reasons(self) -> bool:
        return self.tags.opening.strip() in self.own or _SWITCH in self.own


def _has_space_prefix(header: GgufHeader) -> bool:
    """llama.cpp's default is that of SentencePiece."""
    values = header.values
    return values.get(_MODEL) == _SENTENCE_PIECE and values.get(_SPACE_PREFIX) is not False


def _is_mark(text: str) -> bool:
    return not text[:1].isalnum() and any(map(str.isalpha, text))


NOTHING_KNOWN = GgufPrompts("", OWN)
"""The prompts of a file that was not read yet."""
