"""One run in the scheduler: its tokens, its slot, and how much of its KV cache is computed."""

from __future__ import annotations

from dataclasses import dataclass, field

from inference.types import SamplingOptions


@dataclass(eq=False, slots=True)
class Sequence:
    """`tokens` begins with the prompt; `computed` of them have keys and values in `slot`.

    `cancelled` may be set from any thread; the scheduler reads it between steps.
    """

    tokens: list[int]
    options: SamplingOptions
    max_new_tokens: int
    prompt_tokens: int = field(init=False)
    slot: int | None = None
    computed: int = 0
    cached: int = 0
    cancelled: bool = False

    def __post_init__(self) -> None:
        if not self.tokens:
            raise ValueError("a sequence needs at least one token")
        self.prompt_tokens = len(self.tokens)

    @property
    def pending(self) -> int:
        """Tokens not computed yet: the prompt's rest, or the one just sampled."""
        return len(self.tokens) - self.computed

    @property
    def new_tokens(self) -> int:
        """Tokens generated so far."""
        return len(self.tokens) - self.prompt_tokens

    @property
    def is_full(self) -> bool:
        """Whether it has generated `max_new_tokens`."""
        return self.new_tokens >= self.max_new_tokens
