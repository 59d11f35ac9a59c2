"""The frames of `ws/chat/`: JSON objects, one per WebSocket text message, typed once.

The client's TypeScript and `docs/protocol.md` are generated from these structs
(`manage.py protocol`); `chat.wire.codec` reads and writes them. Unknown fields are ignored, except
among the options of an answer, and options beside them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

PROTOCOL_VERSION = 1
"""Incremented when clients of the old version would misread a frame."""

_STORABLE = r"^[^\x00\ud800-\udfff]*$"
"""Texts that `chat.text.storable` would change are refused, as they must stay the same."""
_UNCHANGED = r"^[^\x00\ud800-\udfff\ufffd]*$"
"""Ids with U+FFFD are refused, too, as that may be such a change."""

RunId = Annotated[str, Meta(min_length=1, max_length=64, pattern=_UNCHANGED)]
ClientMessageId = Annotated[str, Meta(min_length=1, max_length=64, pattern=_UNCHANGED)]
ModelId = Annotated[str, Meta(max_length=200, pattern=_STORABLE)]
StopString = Annotated[str, Meta(min_length=1, max_length=64, pattern=_STORABLE)]
ModelState = Literal["absent", "unloaded", "fetching", "loading", "ready", "failed"]
ModelNote = Literal["one_at_a_time", "plain_template", "offloaded", "little_memory", "base_model"]
Ability = Literal["reasoning", "vision", "tools", "embeddings"]
OptionReason = Literal["backend", "provider", "reasoning"]
ResponseType = Literal["text", "json_object", "json_schema"]
Channel = Literal["answer", "reasoning"]
RunStatus = Literal["completed", "cancelled", "failed", "interrupted"]
FinishReason = Literal["stop", "length", "repetition", "tool_calls", "content_filter", "cancelled"]
WaitingFor = Literal["model", "slot", "memory", "answer"]


class NamedSchema(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """A JSON Schema as in OpenAI's chat completions. `strict` is passed on to providers."""

    schema: dict[str, Any]
    name: Annotated[str, Meta(min_length=1, max_length=64, pattern=_STORABLE)] = "answer"
    strict: bool | None = None


class ResponseFormat(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """The format of the answer: text, any JSON object, or an object that `json_schema` allows."""

    type: ResponseType
    json_schema: NamedSchema | None = None

    def __post_init__(self) -> None:
        if (self.type == "json_schema") != (self.json_schema is not None):
            raise ValueError("`json_schema` belongs to the type `json_schema`, and to no other")


class Options(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one answer is sampled. A field left out has the conversation's value, else the server's
    (docs/settings.md), else the model's default. An option that is not listed here is refused, and
    so is one that the model cannot use (`option_rules`). All options are in docs/options.md.

    `max_length` limits the prompt and the answer together, in tokens, `max_new_tokens` the answer
    only; the latter has precedence. If `do_sample` is false, the likeliest token is chosen at any
    temperature.
    """

    temperature: Annotated[float, Meta(ge=0, le=5)] | None = None
    top_k: Annotated[int, Meta(ge=0, le=1000)] | None = None
    top_p: Annotated[float, Meta(gt=0, le=1)] | None = None
    min_p: Annotated[float, Meta(ge=0, le=1)] | None = None
    repetition_penalty: Annotated[float, Meta(gt=0, le=10)] | None = None
    presence_penalty: Annotated[float, Meta(ge=-2, le=2)] | None = None
    frequency_penalty: Annotated[float, Meta(ge=-2, le=2)] | None = None
    seed: Annotated[int, Meta(ge=0, le=2**32 - 1)] | None = None
    stop: Annotated[list[StopString], Meta(max_length=8)] | None = None
    max_new_tokens: Annotated[int, Meta(ge=1, le=1_000_000)] | None = None
    enable_thinking: bool | None = None
    do_sample: bool | None = None
    max_length: Annotated[int, Meta(ge=2, le=1_000_000)] | None = None
    response_format: ResponseFormat | None = None


class KeptOptions(Options, frozen=True, omit_defaults=True, forbid_unknown_fields=False):
    """Options from the database or a file, possibly of a later version with more options."""


class ClientHello(Struct, frozen=True, tag_field="type", tag="hello"):
    """First frame of a client that implements the protocol; answered by the server's `hello`.

    A paired device sends its `token` here and in no other frame. Without a valid one, only callers
    on this computer and those of an open server are accepted; others get `unpaired`, then 4401.
    """

    protocol: int = PROTOCOL_VERSION
    token: str | None = None
    locale: Annotated[str, Meta(max_length=35)] | None = None


class Send(Struct, frozen=True, tag_field="type", tag="send"):
    """One user message. Idempotent by `client_msg_id`: sent twice, it starts one run. Another
    request with the same one gets the error `conflict`.

    Without `conversation` a new one begins. Without `parent` the message follows the answer shown
    last; `null` makes it a first message, a sibling of the conversation's first one, as when that
    is edited. While an answer is being written in the conversation, the message waits for its end.
    """

    client_msg_id: ClientMessageId
    content: str
    conversation: RunId | None = None
    parent: RunId | UnsetType | None = UNSET
    model: ModelId | None = None
    options: Options = Options()


class Regenerate(Struct, frozen=True, tag_field="type", tag="regenerate"):
    """Another answer to the question of the answer `message`. Idempotent as `send`."""

    client_msg_id: ClientMessageId
    message: RunId
    model: ModelId | None = None
    options: Options = Options()


class Attach(Struct, frozen=True, tag_field="type", tag="attach"):
    """Replay the events after `after` in a run's log, then follow it live.

    `epoch` is the numbering of `after`, as sent in the last `start` or `snapshot`; by default the
    first one.
    """

    run: RunId
    after: Annotated[int, Meta(ge=0)] = 0
    epoch: int | None = None


class Detach(Struct, frozen=True, tag_field="type", tag="detach"):
    """Stop reading a run, which continues."""

    run: RunId


class Stop(Struct, frozen=True, tag_field="type", tag="stop"):
    """Stop a run and its model. Ignored for a run that has ended."""

    run: RunId


class Resume(Struct, frozen=True, tag_field="type", tag="resume"):
    """Continue an interrupted, stopped or length-limited answer from the end of its text, in a new
    epoch and with a new allowance of `max_new_tokens`.

    The run is then attached, also if it is already running.
    """

    run: RunId


class Withdraw(Struct, frozen=True, tag_field="type", tag="withdraw"):
    """Delete a message that is still waiting for the answer before it."""

    run: RunId


class Ping(Struct, frozen=True, tag_field="type", tag="ping"):
    """Heartbeat, as JavaScript has no access to WebSocket ping frames."""


class ShortMessage(Struct, frozen=True):
    """`{"message": "你好"}`: a message in the conversation of this connection."""

    message: str
    options: Options = Options()


TypedClientFrame = (
    ClientHello | Send | Regenerate | Attach | Detach | Stop | Resume | Withdraw | Ping
)
ClientFrame = TypedClientFrame | ShortMessage


class ModelDownload(Struct, frozen=True):
    """The progress of a model's download in bytes; `source` is its name for people, empty until one
    is chosen. `bytes_per_second` is null until it is known. A `paused` download continues where it
    stopped.
    """

    done: int
    total: int
    source: str = ""
    bytes_per_second: float | None = None
    paused: bool = False


class OptionRule(Struct, frozen=True):
    """The restriction of one sampling option, `name` in `Options`, by a model, and the reason.

    Without bounds the option cannot be used, else only within `low..high`.
    """

    name: str
    reason: OptionReason
    low: float | None = None
    high: float | None = None


class Model(Struct, frozen=True):
    """One model of the server. `progress` is 0..1 while it is downloaded or loaded.

    `notes` are facts for people: it writes one answer at a time, it has no chat template of its
    own, parts of it are in slower memory, or it was chosen instead of a larger one for lack of
    memory. `languages` are its languages as primary tags of BCP 47 (`en`, `zh`); empty if unknown.
    `download` is null once the model's files are complete.

    Questions to a model that is not `local` leave the computer, to its `provider`. `size` is that
    of its files, `memory` what it needs once loaded, both in bytes, null if not known. An `is_base`
    model continues a text instead of chatting. `abilities` are those besides text. `option_rules`
    are the sampling options that are restricted. Only a `resumable` model can continue an answer
    (`resume`).
    """

    id: str
    name: str
    state: ModelState
    default: bool = False
    builtin: bool = False
    context_tokens: int | None = None
    progress: float | None = None
    error: str | None = None
    notes: list[ModelNote] = []
    download: ModelDownload | None = None
    languages: list[str] = []
    local: bool = True
    provider: str = ""
    size: int | None = None
    memory: int | None = None
    quantisation: str = ""
    licence: str = ""
    is_base: bool = False
    abilities: list[Ability] = []
    option_rules: list[OptionRule] = []
    resumable: bool = True


class Limits(Struct, frozen=True):
    """The limits of this server, for checks in clients before sending."""

    frame_bytes: int
    runs_per_device: int
    queue_length: int


class ServerHello(Struct, frozen=True, tag_field="type", tag="hello"):
    """Answer to `hello`. `open` is true if callers on the network need no pairing; `device` is the
    key that limits are counted by, for a paired device its id.
    """

    protocol: int
    version: str
    device: str
    open: bool
    models: list[Model]
    limits: Limits


class Models(Struct, frozen=True, tag_field="type", tag="models"):
    """Sent after `hello` when a model's state or progress has changed."""

    models: list[Model]


class Accepted(Struct, frozen=True, tag_field="type", tag="accepted"):
    """The message is stored and has a run. Sent again for a repeated `send`."""

    client_msg_id: str
    run: str
    conversation: str
    message: str
    user_message: str


class Queued(Struct, frozen=True, tag_field="type", tag="queued"):
    """The run is waiting; `position` 1 is next. Sent again when a field changes.

    `eta_seconds` is null until a rate was measured. A run waiting for an `answer` begins when the
    one before it in its conversation has ended; until then it can be withdrawn. If it waits for
    `memory`, its model is loaded once the answers of `model` have ended.
    """

    run: str
    position: int
    eta_seconds: float | None
    waiting_for: WaitingFor
    model: str = ""


class Start(Struct, frozen=True, tag_field="type", tag="start"):
    """The model begins: the first event of a run's log, sent again when a run is continued.

    `dropped_turns` of the oldest turns were left out, as they did not fit the context. A short-form
    client replaces its current line by `content`. If there is a `provider`, the question leaves
    this computer.
    """

    run: str
    epoch: int
    seq: int
    model: str
    content: str = ""
    dropped_turns: int = 0
    provider: str = ""


class Stream(Struct, frozen=True, tag_field="type", tag="stream"):
    """A delta: `content` is appended to the text of the `channel`."""

    run: str
    seq: int
    channel: Channel
    content: str


class Snapshot(Struct, frozen=True, tag_field="type", tag="snapshot"):
    """The whole text up to `seq`, instead of events that are no longer in the log.

    A newer `epoch` than the reader's means that the run was continued, by `resume` or after a
    crash: this text replaces the one before.
    """

    run: str
    epoch: int
    seq: int
    model: str
    reasoning: str
    content: str
    dropped_turns: int = 0
    provider: str = ""


class Usage(Struct, frozen=True):
    """Tokens; `cached_tokens` is the part of the prompt that was not computed again. `cost` is the
    charge reported by the provider in `currency` (ISO 4217), null if there is none.
    """

    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    cost: float | None = None
    currency: str = ""


class Timings(Struct, frozen=True):
    """Seconds: in the queue, from admission to the first token, and decoding."""

    queued_seconds: float
    first_token_seconds: float | None
    decode_seconds: float
    tokens_per_second: float | None


class End(Struct, frozen=True, tag_field="type", tag="end"):
    """The last event, exactly one per run and epoch. It follows the `error` of a run that
    failed, or that was interrupted because its model crashed.

    `finish_reason` is how a completed answer ended: `length` at the limit of its tokens,
    `repetition` if the model was stopped in a loop. More reasons may be added: clients treat an
    unknown one as `stop`.
    """

    run: str
    seq: int
    status: RunStatus
    finish_reason: FinishReason | None
    usage: Usage | None
    timings: Timings | None


class Error(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="error"):
    """An error and what to do, in the client's language. The connection stays open.

    It has the `run` or the `client_msg_id` of the refused frame if they can be read. An error
    without both belongs to the oldest frame without an answer. `retry_after` is in seconds, if
    known.
    """

    code: str
    message: str
    retryable: bool
    run: str | None = None
    client_msg_id: str | None = None
    retry_after: int | None = None


class Saving(Struct, frozen=True, tag_field="type", tag="saving"):
    """Whether the run's text can be saved. The answer continues while it cannot.

    Sent with `saved` false and a `message` in the client's language when saving the text fails, and
    with `saved` true once it has succeeded.
    """

    run: str
    saved: bool
    message: str | None = None


class Withdrawn(Struct, frozen=True, tag_field="type", tag="withdrawn"):
    """The waiting message, its empty answer and their run were deleted."""

    run: str


class Changed(Struct, frozen=True, tag_field="type", tag="changed"):
    """A conversation of this owner was changed elsewhere: fetch what is shown of it."""

    conversation: str
    revision: int


class Pong(Struct, frozen=True, tag_field="type", tag="pong"):
    """Answer to `ping`."""


ServerFrame = (
    ServerHello
    | Models
    | Accepted
    | Queued
    | Start
    | Stream
    | Snapshot
    | End
    | Saving
    | Withdrawn
    | Changed
    | Error
    | Pong
)
