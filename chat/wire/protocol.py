"""The frames of `ws/chat/`: JSON objects, one per WebSocket text message, typed once.

The client's TypeScript and `docs/protocol.md` are generated from these structs
(`manage.py protocol`); `chat.wire.codec` reads and writes them. Unknown fields are ignored, except
among the options of an answer, and options beside them.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

PROTOCOL_VERSION = 1
"""Raised when a client of the old version would misread a frame."""

_STORABLE = r"^[^\x00\ud800-\udfff]*$"
"""Words that `chat.text.storable` would change are refused: changed they would be others."""
_UNCHANGED = r"^[^\x00\ud800-\udfff\ufffd]*$"
"""Ids, too: those that it did change hold U+FFFD."""

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
    """A JSON Schema as OpenAI's chat completions take it. `strict` is passed on to providers."""

    schema: dict[str, Any]
    name: Annotated[str, Meta(min_length=1, max_length=64, pattern=_STORABLE)] = "answer"
    strict: bool | None = None


class ResponseFormat(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """What the answer has to be: text, any JSON object, or what `json_schema` allows."""

    type: ResponseType
    json_schema: NamedSchema | None = None

    def __post_init__(self) -> None:
        if (self.type == "json_schema") != (self.json_schema is not None):
            raise ValueError("`json_schema` belongs to the type `json_schema`, and to no other")


class Options(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """How one answer is sampled. A field left out is the conversation's, else the server's
    (docs/settings.md), else the model's own default. An option that is not listed here is refused,
    and so is one that the model cannot use (`option_rules`); docs/options.md has all of them.

    `max_length` limits the prompt and the answer together, in tokens, `max_new_tokens` the answer
    alone; with both the latter counts. `do_sample` false takes the likeliest token, whatever the
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
    """The same from the database or a file, perhaps of a later version with more of them."""


class ClientHello(Struct, frozen=True, tag_field="type", tag="hello"):
    """First frame of a client that knows the protocol; answered by the server's `hello`.

    A paired device shows its `token` here and nowhere else. Without a good one, only this
    computer's own callers and those of an open server come in; others get `unpaired`, then 4401.
    """

    protocol: int = PROTOCOL_VERSION
    token: str | None = None
    locale: Annotated[str, Meta(max_length=35)] | None = None


class Send(Struct, frozen=True, tag_field="type", tag="send"):
    """One user message. Idempotent on `client_msg_id`: sent twice, it starts one run. With another
    request under the same one the answer is the error `conflict`.

    Without `conversation` a new one begins. Without `parent` the message follows the answer shown
    last; `null` makes it a first message beside the conversation's first, as editing that does.
    While an answer is being written in the conversation the message waits for its end.
    """

    client_msg_id: ClientMessageId
    content: str
    conversation: RunId | None = None
    parent: RunId | UnsetType | None = UNSET
    model: ModelId | None = None
    options: Options = Options()


class Regenerate(Struct, frozen=True, tag_field="type", tag="regenerate"):
    """Another answer beside the answer `message`, to the same question. Idempotent as `send` is."""

    client_msg_id: ClientMessageId
    message: RunId
    model: ModelId | None = None
    options: Options = Options()


class Attach(Struct, frozen=True, tag_field="type", tag="attach"):
    """Replay what follows `after` in a run's log, then live.

    `epoch` names the numbering that `after` is of, as the last `start` or `snapshot` told it; left
    out it is the first.
    """

    run: RunId
    after: Annotated[int, Meta(ge=0)] = 0
    epoch: int | None = None


class Detach(Struct, frozen=True, tag_field="type", tag="detach"):
    """Stop reading a run; the run itself goes on."""

    run: RunId


class Stop(Struct, frozen=True, tag_field="type", tag="stop"):
    """Stop the model, not only the text. Stopping a run that has ended is no error."""

    run: RunId


class Resume(Struct, frozen=True, tag_field="type", tag="resume"):
    """Go on with an interrupted, stopped or length-limited answer from where its text ends, in a
    new epoch and with a fresh allowance of `max_new_tokens`.

    The run is then attached. For a run that is being written already nothing else happens.
    """

    run: RunId


class Withdraw(Struct, frozen=True, tag_field="type", tag="withdraw"):
    """Take back a message that still waits for the answer before it."""

    run: RunId


class Ping(Struct, frozen=True, tag_field="type", tag="ping"):
    """Heartbeat, since JavaScript cannot see WebSocket ping frames."""


class ShortMessage(Struct, frozen=True):
    """`{"message": "你好"}` alone: a turn in this connection's own conversation."""

    message: str
    options: Options = Options()


TypedClientFrame = (
    ClientHello | Send | Regenerate | Attach | Detach | Stop | Resume | Withdraw | Ping
)
ClientFrame = TypedClientFrame | ShortMessage


class ModelDownload(Struct, frozen=True):
    """How far a model's download is, in bytes; `source` is where they come from, for people, empty
    while none is chosen. `bytes_per_second` is null until a rate is known. A `paused` download goes
    on where it stopped once it is resumed.
    """

    done: int
    total: int
    source: str = ""
    bytes_per_second: float | None = None
    paused: bool = False


class OptionRule(Struct, frozen=True):
    """How one sampling option, `name` in `Options`, differs with a model, and why.

    With neither bound the option cannot be used, else only within `low..high`.
    """

    name: str
    reason: OptionReason
    low: float | None = None
    high: float | None = None


class Model(Struct, frozen=True):
    """One model the server offers. `progress` is 0..1 while it is fetched or loaded.

    `notes` say what a person should know of it: it answers one at a time, it brought no chat
    template of its own, parts of it lie in slower memory, or it was taken for a larger one because
    there is little memory. `languages` are the ones it speaks, as primary tags of BCP 47 (`en`,
    `zh`); empty where that is not known. `download` is there as long as the model's file is not.

    What a model that is not `local` is asked leaves the computer, for its `provider`. `size` is of
    its files, `memory` what it takes once loaded, both in bytes and null where not known. An
    `is_base` model continues a text in place of chatting. `abilities` are beside reading and
    writing text. `option_rules` hold the sampling options that cannot be used as usual.
    Only a `resumable` model can go on with an answer (`resume`).
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
    """What this server accepts, so that a client can refuse kindly before it sends."""

    frame_bytes: int
    runs_per_device: int
    queue_length: int


class ServerHello(Struct, frozen=True, tag_field="type", tag="hello"):
    """Answer to `hello`. `open` is true when anyone on the network is let in; `device` is what
    limits count, for a paired device its id.
    """

    protocol: int
    version: str
    device: str
    open: bool
    models: list[Model]
    limits: Limits


class Models(Struct, frozen=True, tag_field="type", tag="models"):
    """Sent after `hello` whenever a model's state or progress changes."""

    models: list[Model]


class Accepted(Struct, frozen=True, tag_field="type", tag="accepted"):
    """The user's message is stored and its run exists. Sent again for a repeated `send`."""

    client_msg_id: str
    run: str
    conversation: str
    message: str
    user_message: str


class Queued(Struct, frozen=True, tag_field="type", tag="queued"):
    """The run waits, `position` 1 being next; sent again when anything in it changes.

    `eta_seconds` is null until a rate has been measured. A run waiting for an `answer` begins
    when the one before it in its conversation has ended; until then it can be withdrawn. Where it
    waits for `memory`, its model is loaded once the answers of `model` have ended.
    """

    run: str
    position: int
    eta_seconds: float | None
    waiting_for: WaitingFor
    model: str = ""


class Start(Struct, frozen=True, tag_field="type", tag="start"):
    """The model begins: first event of a run's log, and sent again where a run goes on.

    `dropped_turns` of the oldest turns were left out, since they no longer fit the model. A
    short-form client shows `content` in place of the line so far. With a `provider`, the question
    leaves this computer.
    """

    run: str
    epoch: int
    seq: int
    model: str
    content: str = ""
    dropped_turns: int = 0
    provider: str = ""


class Stream(Struct, frozen=True, tag_field="type", tag="stream"):
    """A delta: `content` is appended to the `channel`'s text."""

    run: str
    seq: int
    channel: Channel
    content: str


class Snapshot(Struct, frozen=True, tag_field="type", tag="snapshot"):
    """The whole text up to `seq`, in place of a replay the log can no longer give.

    A newer `epoch` than the reader's means that the run was taken up again by `resume`, or after
    the computer died: the text before is replaced by this one.
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
    """Tokens; `cached_tokens` is the part of the prompt that was not computed again. `cost` is what
    the provider says that it charges, in `currency` (ISO 4217), null where it says nothing.
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
    """Exactly one per run and epoch, its last event. Just before comes the `error` of a run that
    failed, or that is interrupted since its model died.

    `finish_reason` says how a completed answer ended: `length` at the limit on its tokens,
    `repetition` where the model went into a loop and was stopped. More reasons may come: a client
    takes one it does not know for `stop`.
    """

    run: str
    seq: int
    status: RunStatus
    finish_reason: FinishReason | None
    usage: Usage | None
    timings: Timings | None


class Error(Struct, frozen=True, omit_defaults=True, tag_field="type", tag="error"):
    """What went wrong and what to do, in the client's language; the connection stays.

    It names the `run` or the `client_msg_id` of the frame refused whenever they can be read; one
    that names neither is of the oldest frame without an answer.
    `retry_after` is in seconds, where that is known.
    """

    code: str
    message: str
    retryable: bool
    run: str | None = None
    client_msg_id: str | None = None
    retry_after: int | None = None


class Saving(Struct, frozen=True, tag_field="type", tag="saving"):
    """Whether the run's text can be kept. The answer goes on while it cannot.

    Sent with `saved` false and a `message` in the client's language when the database does not
    take the text, and with `saved` true once it has.
    """

    run: str
    saved: bool
    message: str | None = None


class Withdrawn(Struct, frozen=True, tag_field="type", tag="withdrawn"):
    """The waiting message, its answer-to-be and their run were taken back and are gone."""

    run: str


class Changed(Struct, frozen=True, tag_field="type", tag="changed"):
    """Something in a conversation of this owner changed elsewhere: fetch what is shown of it."""

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
