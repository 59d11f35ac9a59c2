"""The shared types of inference: requests, model cards, counts."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import Literal

from inference.errors import InferenceError
from inference.response_format import ResponseFormat
from inference.whole_text import whole_text

Role = Literal["system", "user", "assistant"]
Channel = Literal["answer", "reasoning"]
FinishReason = Literal["stop", "length", "repetition", "tool_calls", "content_filter", "cancelled"]
WaitingFor = Literal["model", "slot", "memory"]


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One message as a model's template sees it."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class SamplingOptions:
    """How one answer is sampled; `None` leaves a choice to the model's own default.

    `do_sample` False takes the likeliest token, whatever the temperature. `logprobs` asks for
    the log-probability of every token, and of so many of the likeliest beside it. `max_length`
    bounds the prompt and the new tokens together, `max_new_tokens` the new ones alone; a person
    who names both means the latter (`one_length`).
    """

    temperature: float | None = None
    top_k: int | None = None
    top_p: float | None = None
    min_p: float | None = None
    repetition_penalty: float | None = None
    presence_penalty: float | None = None
    frequency_penalty: float | None = None
    seed: int | None = None
    stop: tuple[str, ...] = ()
    max_new_tokens: int | None = None
    enable_thinking: bool | None = None
    do_sample: bool | None = None
    logprobs: int | None = None
    max_length: int | None = None
    response_format: ResponseFormat | None = None

    @property
    def is_greedy(self) -> bool:
        """Whether the likeliest token is always taken."""
        return self.do_sample is False or self.temperature == 0

    def one_length(self) -> SamplingOptions:
        """Without `max_length` where `max_new_tokens` is there, as transformers' `generate`."""
        return self if self.max_new_tokens is None else replace(self, max_length=None)

    def over(self, defaults: SamplingOptions) -> SamplingOptions:
        """These options, and where one is left open the default's. Where they switch sampling on
        over a greedy default, the temperature is the default's or else the usual one; naming a
        temperature switches sampling on. A limit on the length of either kind replaces both of the
        defaults'.
        """
        if self.temperature and self.do_sample is None:
            defaults = replace(defaults, do_sample=None)
        if self.do_sample and defaults.temperature == 0:
            defaults = replace(defaults, temperature=None)
        if self.max_new_tokens is not None or self.max_length is not None:
            defaults = replace(defaults, max_new_tokens=None, max_length=None)
        chosen = {f.name: getattr(self, f.name) for f in fields(self)}
        given = {name: value for name, value in chosen.items() if value not in (None, ())}
        return replace(defaults, **given)


@dataclass(frozen=True, slots=True)
class GenerationRequest:
    """One run's request. `owner` is what the queue is fair between, a device.

    With text so far the answer continues exactly there, and only new text is emitted;
    `options.max_new_tokens` counts new tokens. `background` runs are admitted after all others.
    `prompt_tokens` bounds the prompt, history included, beside the model's own limit.
    `tokens_so_far` of the text so far count against bounds on the answer. `stop_repetition` ends an
    answer that repeats itself.
    """

    run: str
    model: str
    owner: str
    messages: tuple[ChatMessage, ...]
    options: SamplingOptions = field(default_factory=SamplingOptions)
    reasoning_so_far: str = ""
    answer_so_far: str = ""
    background: bool = False
    prompt_tokens: int | None = None
    tokens_so_far: int = 0
    stop_repetition: bool = False

    @property
    def text_so_far(self) -> str:
        """Of both channels, for counting."""
        return self.reasoning_so_far + self.answer_so_far


class ModelState(StrEnum):
    """The state of a model; after `failed` the next request tries again."""

    ABSENT = "absent"
    UNLOADED = "unloaded"
    FETCHING = "fetching"
    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


class ModelNote(StrEnum):
    """Properties of a loaded model that explain unexpected behaviour."""

    ONE_AT_A_TIME = "one_at_a_time"
    PLAIN_TEMPLATE = "plain_template"
    OFFLOADED = "offloaded"
    LITTLE_MEMORY = "little_memory"
    BASE_MODEL = "base_model"


class Ability(StrEnum):
    """What a model can do beside reading and writing text."""

    REASONING = "reasoning"
    VISION = "vision"
    TOOLS = "tools"
    EMBEDDINGS = "embeddings"


class OptionReason(StrEnum):
    """Why a sampling option cannot be used, or not in its whole range, with a model."""

    BACKEND = "backend"
    PROVIDER = "provider"
    REASONING = "reasoning"


@dataclass(frozen=True, slots=True)
class OptionRule:
    """How one sampling option differs with a model: `name` is a field of `SamplingOptions`.

    With neither bound the option cannot be used at all, else only within `low..high`.
    """

    name: str
    reason: OptionReason
    low: float | None = None
    high: float | None = None

    @property
    def is_supported(self) -> bool:
        """Whether the option can be used within its bounds."""
        return self.low is not None or self.high is not None


@dataclass(frozen=True, slots=True)
class Download:
    """How far a model's download is, in bytes. `source` is where they come from, for people, ""
    before one was chosen; `given_up` are the sources that were left because they did not deliver.
    `bytes_per_second` is the rate of the latest seconds, None until there is one. A `paused`
    download keeps what has arrived until it is resumed.
    """

    done: int
    total: int
    source: str = ""
    given_up: tuple[str, ...] = ()
    bytes_per_second: float | None = None
    paused: bool = False

    @property
    def fraction(self) -> float:
        """The downloaded share, 0..1."""
        return self.done / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a person and a client need to know of one model. `progress` is 0..1.

    `slots`, `context_tokens` and `notes` may change when it is loaded. Requests to a model that is
    not `local` leave this computer, for its `provider`, named for people. A `resumable` one can
    continue an answer from its text so far. `id` and `name` are made whole text, a file's name need
    not be UTF-8. `languages` are the ones it speaks, as primary tags of BCP 47 (`en`, `zh`); none
    where that is not known. `download` is there as long as the model's file is not.

    `size` is of its files, `memory` what it takes once loaded, estimated until that was measured;
    both in bytes, None where not known or not on this computer. `quantisation` is named as the
    model's publisher does (`Q4_K_M`, `bfloat16`). An `is_base` model was not trained to chat: it
    continues a text. `option_rules` are the sampling options that differ from the usual.
    `english_name` is there where `name` is Chinese.
    """

    id: str
    name: str
    backend: str
    slots: int
    builtin: bool = False
    local: bool = True
    context_tokens: int | None = None
    state: ModelState = ModelState.ABSENT
    progress: float | None = None
    error: InferenceError | None = None
    notes: tuple[ModelNote, ...] = ()
    languages: tuple[str, ...] = ()
    download: Download | None = None
    provider: str = ""
    resumable: bool = True
    size: int | None = None
    memory: int | None = None
    quantisation: str = ""
    licence: str = ""
    is_base: bool = False
    abilities: tuple[Ability, ...] = ()
    option_rules: tuple[OptionRule, ...] = ()
    english_name: str = ""

    @property
    def is_counted(self) -> bool:
        """Whether it is known what it takes of this computer's memory."""
        return self.local and self.memory is not None

    def __post_init__(self) -> None:
        object.__setattr__(self, "id", whole_text(self.id))
        object.__setattr__(self, "name", whole_text(self.name))


@dataclass(frozen=True, slots=True)
class ModelActivity:
    """What a model does now: answers being written, runs in its queue, and the mean rate of one
    answer over the latest ones, None until there was one.
    """

    running: int
    waiting: int
    tokens_per_second: float | None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens; `cached_tokens` is the part of the prompt that was not computed again. `cost` is what
    the provider reports as its charge, in `currency` (ISO 4217), None where it reports none.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    cost: float | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds: in the queue, from admission to the first token (TTFT), and decoding."""

    queued_seconds: float
    first_token_seconds: float | None
    decode_seconds: float
    tokens_per_second: float | None
