"""The errors of inference, by codes that callers act on."""

from __future__ import annotations

from enum import StrEnum

from inference.whole_text import whole_text


class InferenceErrorCode(StrEnum):
    """Why a run or a model failed; `chat.errors` has the sentence for each."""

    UNKNOWN_MODEL = "unknown_model"
    MODEL_FILE_MISSING = "model_file_missing"
    MODEL_FILE_DAMAGED = "model_file_damaged"
    MODEL_FETCH_FAILED = "model_fetch_failed"
    MODEL_LOAD_FAILED = "model_load_failed"
    MODEL_CRASHED = "model_crashed"
    MODEL_STALLED = "model_stalled"
    MODEL_STUCK = "model_stuck"
    MODEL_GAVE_UP = "model_gave_up"
    BACKEND_NOT_INSTALLED = "backend_not_installed"
    DEVICE_UNAVAILABLE = "device_unavailable"
    GPU_NEEDED = "gpu_needed"
    REMOTE_CODE_UNTRUSTED = "remote_code_untrusted"
    DISK_FULL = "disk_full"
    CONTEXT_EXCEEDED = "context_exceeded"
    INVALID_REQUEST = "invalid_request"
    OUT_OF_MEMORY = "out_of_memory"
    OVERLOADED = "overloaded"
    SHUTTING_DOWN = "shutting_down"
    BACKEND_FAILED = "backend_failed"
    PROVIDER_KEY_MISSING = "provider_key_missing"
    PROVIDER_KEY_REFUSED = "provider_key_refused"
    PROVIDER_FORBIDDEN = "provider_forbidden"
    PROVIDER_BALANCE = "provider_balance"
    PROVIDER_RATE_LIMITED = "provider_rate_limited"
    PROVIDER_OVERLOADED = "provider_overloaded"
    PROVIDER_FAILED = "provider_failed"
    PROVIDER_REFUSED = "provider_refused"
    PROVIDER_CONTENT_FILTERED = "provider_content_filtered"
    PROVIDER_MODEL_UNKNOWN = "provider_model_unknown"
    PROVIDER_UNREACHABLE = "provider_unreachable"
    PROVIDER_TIMEOUT = "provider_timeout"
    PROVIDER_DISCONNECTED = "provider_disconnected"
    MODEL_REMOVED = "model_removed"
    MODEL_TOO_LARGE = "model_too_large"
    SMALLER_MODEL_FITS = "smaller_model_fits"
    MODEL_UNSUITABLE = "model_unsuitable"
    UNSUPPORTED_OPTION = "unsupported_option"
    MODEL_IN_USE = "model_in_use"
    DOWNLOAD_PAUSED = "download_paused"
    HUB_NOT_FOUND = "hub_not_found"
    HUB_GATED = "hub_gated"


Detail = dict[str, str | int]


class InferenceError(Exception):
    """A model or a run failed.

    `retryable` is true when the same request may succeed later. `message` is for logs, in
    English; `detail` holds the numbers and names that the sentence for people needs. Both are
    made whole text: they may quote a model, a file's name, or another server.
    """

    def __init__(
        self,
        code: InferenceErrorCode,
        message: str,
        *,
        retryable: bool = False,
        detail: Detail | None = None,
    ) -> None:
        super().__init__(whole_text(message))
        self.code = code
        self.message = whole_text(message)
        self.retryable = retryable
        self.detail = {name: _whole(value) for name, value in (detail or {}).items()}


def _whole(value: str | int) -> str | int:
    return whole_text(value) if isinstance(value, str) else value
