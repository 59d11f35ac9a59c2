"""Which way of writing calls a model was taught, by the text of its chat template."""

from __future__ import annotations

from inference.text.tool_calls.call_format import CallFormat
from inference.text.tool_calls.formats.bare import BARE
from inference.text.tool_calls.formats.deepseek import DEEPSEEK_V3, DEEPSEEK_V31
from inference.text.tool_calls.formats.fenced import FENCED
from inference.text.tool_calls.formats.harmony import HARMONY
from inference.text.tool_calls.formats.hermes import HERMES
from inference.text.tool_calls.formats.kimi import KIMI
from inference.text.tool_calls.formats.listed import COMMAND_R, COMMAND_R7B, GRANITE, PHI
from inference.text.tool_calls.formats.llama import LLAMA_JSON, LLAMA_LIST
from inference.text.tool_calls.formats.mistral import MISTRAL, MISTRAL_ARGS
from inference.text.tool_calls.formats.tagged import GLM, QWEN_CODER

FORMATS = (
    HARMONY,
    KIMI,
    DEEPSEEK_V3,
    DEEPSEEK_V31,
    COMMAND_R7B,
    COMMAND_R,
    MISTRAL_ARGS,
    MISTRAL,
    PHI,
    GRANITE,
    QWEN_CODER,
    GLM,
    HERMES,
    LLAMA_LIST,
    LLAMA_JSON,
)
"""Those with rarer marks first: some templates have the marks of several."""


def taught(template: str) -> CallFormat | None:
    """The format that the template's own words are of; None where it knows of no tools."""
    for each in FORMATS:
        if any(all(mark in template for mark in marks) for marks in each.marks):
            return each
    return None


def readable(template: str) -> tuple[CallFormat, ...]:
    """The formats to look for in the model's text, the likeliest first."""
    own = taught(template)
    return (own, FENCED, BARE) if own else (FENCED, BARE)
