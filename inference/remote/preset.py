"""The properties of a provider with OpenAI's chat completion API."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Thinking(StrEnum):
    """The field of a request by which reasoning is switched on and off."""

    FIXED = ""
    ENABLE_THINKING = "enable_thinking"
    THINKING_TYPE = "thinking_type"
    TEMPLATE = "chat_template_kwargs"
    REASONING = "reasoning_enabled"


class Continuation(StrEnum):
    """How a request marks its last message as an answer to continue.

    `PREFIX` and `PARTIAL` mark the message, `FINAL_MESSAGE` asks vLLM and SGLang to continue it,
    `LAST_MESSAGE` is what a server does with a last message of the assistant anyway.
    """

    NONE = ""
    PREFIX = "prefix"
    PARTIAL = "partial"
    FINAL_MESSAGE = "final_message"
    LAST_MESSAGE = "last_message"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderPreset:
    """One provider, or a kind of server. An empty `base_url` is for the owner to enter.

    `variables` are where its key is looked for, the first being the one that is named to people;
    `key_url` is the page where a key is made, `note` what the owner should know beforehand.
    `options` are the fields of `SamplingOptions` that it takes, beside stop strings, of which it
    takes `stops`, and the length. `continuation_url` replaces the base URL for an answer that is
    continued; some continue only without reasoning (`continues_without_thinking`). With
    `tags_reasoning` a server may leave a model's own tags in its text. `lists_context` is whether
    its list of models has their context, `cost_currency` what the cost is in that it reports.
    """

    id: str
    name: str
    variables: tuple[str, ...]
    options: tuple[str, ...]
    stops: int
    name_zh: str = ""
    base_url: str = ""
    key_url: str = ""
    key_header: str = "Authorization"
    needs_key: bool = True
    temperature_max: float = 2.0
    max_tokens_field: str = "max_tokens"
    repetition_field: str = "repetition_penalty"
    stream_options: bool = True
    thinking: Thinking = Thinking.FIXED
    continuation: Continuation = Continuation.NONE
    continuation_url: str = ""
    continues_without_thinking: bool = False
    tags_reasoning: bool = False
    lists_models: bool = True
    lists_context: bool = False
    cost_currency: str = ""
    note: str = ""
    note_zh: str = ""

    @property
    def key_variable(self) -> str:
        """The environment variable that is named to people."""
        return self.variables[0]
