"""One model of a provider: its requests, and the meaning of its refusals."""

from __future__ import annotations

from inference.errors import InferenceError, InferenceErrorCode
from inference.remote.account import Account
from inference.remote.auth import auth_headers, is_sendable
from inference.remote.chat_request import continues
from inference.remote.dialect import Dialect
from inference.remote.endpoint import Endpoint, endpoints
from inference.remote.option_support import check_options, unsupported
from inference.remote.presets import preset_of
from inference.remote.provider_errors import ProviderErrors
from inference.remote.refusal import RefusedError
from inference.request.estimate import prompt_tokens
from inference.types import GenerationRequest

_OPTIONS = {
    "repeat_penalty": "repetition_penalty",
    "thinking": "enable_thinking",
    "chat_template_kwargs": "enable_thinking",
    "reasoning": "enable_thinking",
    **{
        name: name
        for name in (
            "temperature",
            "top_k",
            "top_p",
            "min_p",
            "repetition_penalty",
            "presence_penalty",
            "frequency_penalty",
            "seed",
            "enable_thinking",
            "response_format",
        )
    },
}
"""The options by the fields in which they are sent."""


class RemoteModel:
    """`name` is what the provider calls it, "" until it is known. `dialect` and `context_tokens`
    are learned.
    """

    def __init__(self, account: Account, name: str, context_tokens: int | None = None) -> None:
        """Raises `BadAddressError`."""
        self.account = account
        self.preset = preset_of(account)
        self.name = name
        self.context_tokens = context_tokens
        self.dialect = Dialect.of(self.preset)
        self.endpoints: tuple[Endpoint, ...] = endpoints(account, self.preset, name)
        self.errors = ProviderErrors(account, name)

    @property
    def key(self) -> str:
        """The current key. One that cannot be sent in a header counts as wrong."""
        return self.account.key().strip()

    @property
    def is_local(self) -> bool:
        """Whether requests to it stay on this computer."""
        return all(endpoint.is_loopback for endpoint in self.endpoints)

    @property
    def is_resumable(self) -> bool:
        """Whether it can continue an answer from its text so far."""
        return all(endpoint.continuation_url for endpoint in self.endpoints)

    def headers(self) -> dict[str, str]:
        """What a request is authenticated by."""
        return auth_headers(self.preset, self.key)

    def check_key(self) -> None:
        """Raises `InferenceError` for one that is missing, or cannot be a key."""
        key = self.key
        if not key and self.preset.needs_key:
            raise self.errors.key_missing(self.preset.key_variable)
        if key and not is_sendable(key):
            message = "the key has characters that no key has"
            raise self.errors.of(InferenceErrorCode.PROVIDER_KEY_REFUSED, message)

    def check(self, request: GenerationRequest) -> None:
        """Raises `InferenceError` for options without effect."""
        self.check_key()
        check_options(request.options, self.preset, self.name)
        if continues(request, self.preset) and not self.is_resumable:
            raise self.errors.rejected("an answer cannot be gone on with at this address")
        if request.text_so_far and not self.preset.continuation:
            raise self.errors.rejected("an answer cannot be gone on with")

    def adapt(self, refused: RefusedError) -> bool:
        """Whether the request can be repeated in another dialect, which is then kept."""
        adapted = self.dialect.after(refused.refusal)
        if adapted is not None:
            self.dialect = adapted
        return adapted is not None

    def error_of(self, refused: RefusedError, request: GenerationRequest) -> InferenceError:
        """For an error response to this request."""
        refusal = refused.refusal
        option = _OPTIONS.get(refusal.param.partition(".")[0])
        if option is not None and refusal.status in (400, 422):
            return unsupported(self.name, option)
        return self.errors.refused(refusal, refused.headers, prompt_tokens(request))

    def take_name(self, name: str) -> None:
        """It is what the provider lists."""
        self.name = name
        self.errors = ProviderErrors(self.account, name)

    def learn(self, error: InferenceError) -> None:
        """Learn the context from a refusal of a long prompt."""
        limit = error.detail.get("limit")
        if error.code is InferenceErrorCode.CONTEXT_EXCEEDED and isinstance(limit, int):
            self.context_tokens = limit
