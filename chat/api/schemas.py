"""Bodies of requests, and the error body, as the OpenAPI page shows them."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Schema
from pydantic import Field, StrictBool

from chat.api.option_fields import OptionFields
from chat.store.allowance import LARGEST

Title = Annotated[str, Field(max_length=200)]
Prompt = Annotated[str, Field(max_length=100_000)]
PersonaName = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")]
Id = Annotated[str, Field(max_length=32, pattern=r"^[A-Za-z0-9_-]*$")]
OldId = Annotated[str, Field(pattern=r"^([A-Za-z0-9_-]{22})?$")]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Code = Annotated[str, Field(max_length=64)]
Colour = Annotated[str, Field(pattern=r"^(#[0-9a-fA-F]{6})?$")]
Password = Annotated[str, Field(max_length=128)]
Limit = Annotated[int, Field(ge=0, le=LARGEST)] | None
Digits = Annotated[str, Field(pattern=r"^[0-9]{6}$")]
PageSize = Annotated[int, Field(ge=1, le=200)]
Spec = Annotated[str, Field(min_length=1, max_length=1000, pattern=r"\S")]
ModelId = Annotated[str, Field(min_length=1, max_length=200)]
ModelName = Annotated[str, Field(max_length=200)]
Preset = Annotated[str, Field(min_length=1, max_length=32)]
ProviderName = Annotated[str, Field(max_length=80)]
BaseUrl = Annotated[str, Field(max_length=500)]
ProviderKey = Annotated[str, Field(max_length=500)]


class ErrorBody(Schema):
    """The body of every error. `code` is listed in docs/errors.md, `message` is for people."""

    code: str
    message: str
    retryable: bool


class NewConversation(Schema):
    """All fields are optional. `persona` sets its prompt."""

    title: Title = ""
    system_prompt: Prompt = ""
    persona: Id = ""
    options: OptionFields = Field(default_factory=dict)


class ConversationChanges(NewConversation):
    """Fields left out are unchanged. A title set here is not replaced by a model's."""

    pinned: StrictBool = False
    archived: StrictBool = False
    leaf: Id | None = None


class NewPersona(Schema):
    """A system prompt with a name; `id` is its id before it was deleted."""

    name: PersonaName
    prompt: Prompt
    id: OldId = ""


class PersonaChanges(Schema):
    """What is named is set."""

    name: PersonaName = "-"
    prompt: Prompt = ""


class PairingCode(Schema):
    """The code after `#pair=` in the URL, and a name for the device."""

    code: Code
    name: Name


class PairingRequest(Schema):
    """A name for the device."""

    name: Name


class PairingSecret(Schema):
    """The `request` of `POST /pair/request`."""

    request: Code


class PairingClaim(PairingSecret):
    """`confirm` is true once a person at the screen has agreed to the member shown."""

    confirm: StrictBool | None = None


class Acquaintance(Schema):
    """The id of the calling device, if it has a token, and a random challenge for the proof."""

    device: Id = ""
    question: Code


class NewInvitation(Schema):
    """Whose device it will be: the caller's, another member's, or a new guest's."""

    member: Id | None = None
    guest: StrictBool = False


class DeviceChanges(Schema):
    """A new name."""

    name: Name


class NewMember(Schema):
    """A name, and a colour to show with it."""

    name: Name
    colour: Colour = ""


class PasswordSignIn(Schema):
    """A member's name and password, and a name for the device."""

    member: Name
    password: Password
    name: Name


class MemberChanges(Schema):
    """Fields left out are unchanged. A limit of null is the server's default, 0 is no limit; an
    empty password removes it. If `remote_models` is null, the role decides whether models of
    providers may be used.
    """

    name: Name = "-"
    colour: Colour = ""
    password: Password = ""
    messages_per_minute: Limit = None
    messages_per_day: Limit = None
    runs_at_once: Limit = None
    prompt_tokens: Limit = None
    remote_models: StrictBool | None = None
    remote_tokens_per_day: Limit = None


class NewModel(Schema):
    """`spec` as in MYLLM_MODELS, with the account `provider` if it needs one."""

    spec: Spec
    provider: Id | None = None
    name: ModelName = ""
    owner_only: StrictBool = False
    default: StrictBool = False


class ModelChoice(Schema):
    """A model by its id."""

    model: ModelId


class AllowedCode(Schema):
    """The digest of the code that was shown; an empty one revokes the permission."""

    digest: Annotated[str, Field(pattern=r"^([0-9a-f]{64})?$")]


class ModelChanges(Schema):
    """Fields left out are unchanged."""

    default: Literal[True] = True
    owner_only: StrictBool = False
    download: Literal["paused", "running"] = "running"
    loaded: StrictBool = False


class NewProvider(Schema):
    """A `preset`, and values that replace its own. Without a key the environment's is used."""

    preset: Preset
    name: ProviderName = ""
    base_url: BaseUrl = ""
    key: ProviderKey = ""


class ProviderChanges(Schema):
    """Fields left out are unchanged; an empty key means the environment's."""

    name: ProviderName = ""
    base_url: BaseUrl = ""
    key: ProviderKey = ""


_STATUSES = (400, 401, 403, 404, 409, 412, 413, 422, 429, 500, 503)
FAILURES: dict[int, type[ErrorBody]] = dict.fromkeys(_STATUSES, ErrorBody)
"""The statuses a route may fail with, for the OpenAPI page."""
