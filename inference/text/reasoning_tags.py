"""The tags by which families of models mark their reasoning, as their chat templates write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from inference.types import Channel


@dataclass(frozen=True, slots=True)
class ReasoningTags:
    """`opening` and `closing` surround the reasoning, with the blank lines that the models write.

    Where an answer has a tag of its own, `answer` opens it, also without reasoning before it.
    Where a model writes several messages, `closing` ends each of them, `between` stands after it
    and before the next opening tag, and `preamble` opens one that is for the person and not the
    answer yet. Where an opening tag may hold more words, a recipient or a format, they stand before
    its `head_end`.
    """

    opening: str
    closing: str
    answer: str = ""
    between: str = ""
    preamble: str = ""
    head_end: str = ""

    @property
    def strings(self) -> tuple[str, ...]:
        """All tags without their blanks, none of them empty."""
        every = (self.opening, self.closing, self.answer, self.between, self.preamble)
        return tuple(text.strip() for text in every if text)

    @property
    def first(self) -> Mapping[str, Channel]:
        """What a text may begin with, and the channel that it opens."""
        tags: dict[str, Channel] = {self.opening.strip(): "reasoning"}
        return tags | {tag: "answer" for tag in (self.preamble, self.answer) if tag}

    @property
    def next(self) -> Mapping[str, Channel]:
        """The same after a closing tag; empty where the answer has no tag."""
        if not self.answer:
            return {}
        return {self.between + tag: channel for tag, channel in self.first.items()}

    @property
    def before_answer(self) -> str:
        """What stands between reasoning and answer."""
        return self.closing + self.between + self.answer

    def is_opened_by(self, prompt: str) -> bool:
        """Whether the prompt's end has opened the reasoning already."""
        return prompt.rstrip().endswith(self.opening.strip())


THINK = ReasoningTags("<think>\n", "</think>\n\n")
"""DeepSeek-R1, Qwen3, GLM, MiniMax and most others."""
HARMONY = ReasoningTags(
    "<|channel|>analysis<|message|>",
    "<|end|>",
    "<|channel|>final<|message|>",
    "<|start|>assistant",
    "<|channel|>commentary<|message|>",
    "<|message|>",
)
"""gpt-oss; the format: https://github.com/openai/harmony/blob/main/docs/format.md"""
MISTRAL = ReasoningTags("[THINK]", "[/THINK]")
"""Magistral."""
SEED = ReasoningTags("<seed:think>\n", "</seed:think>\n\n")
"""Seed-OSS."""
COMMAND = ReasoningTags("<|START_THINKING|>", "<|END_THINKING|>", "<|START_RESPONSE|>")
"""Command A Reasoning and Command R7B."""
KIMI = ReasoningTags("◁think▷\n", "◁/think▷\n\n")
"""Kimi-VL-Thinking."""

_SIGNS: Mapping[str, ReasoningTags] = {
    "<seed:think>": SEED,
    "◁think▷": KIMI,
    "[THINK]": MISTRAL,
    "<|START_THINKING|>": COMMAND,
    "<|channel|>": HARMONY,
    "<think>": THINK,
}


def reasoning_tags(template: str, tokens: Iterable[str] = ()) -> ReasoningTags:
    """By what the chat template mentions, else by the vocabulary's added tokens."""
    for sign, tags in _SIGNS.items():
        if sign in template:
            return tags
    known = set(tokens)
    return next((tags for sign, tags in _SIGNS.items() if sign in known), THINK)
