"""Token counts estimated from text, without a tokenizer."""

from __future__ import annotations

from inference.types import GenerationRequest

_BYTES_PER_TOKEN = 4
_TOKENS_PER_MESSAGE = 4


def prompt_tokens(request: GenerationRequest) -> int:
    """About right for most languages: four bytes of UTF-8 a token, and the marks around it."""
    texts = [*(message.content for message in request.messages), request.text_so_far]
    counts = (text_tokens(len(text.encode())) for text in texts)
    return sum(counts) + _TOKENS_PER_MESSAGE * len(request.messages)


def text_tokens(size: int) -> int:
    """The same for a text of `size` bytes of UTF-8, without marks."""
    return size // _BYTES_PER_TOKEN
