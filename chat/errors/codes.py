"""Every error a client can meet: its code, and whether to retry.

`chat.errors.sentences` has what people read.
"""

from __future__ import annotations

from enum import StrEnum


class ErrorCode(StrEnum):
    """The documented codes of `error` frames."""

    BAD_JSON = "bad_json"
    BAD_FRAME = "bad_frame"
    UNKNOWN_FRAME = "unknown_frame"
    BAD_FIELD = "bad_field"
    BINARY_FRAME = "binary_frame"
    FRAME_TOO_LARGE = "frame_too_large"
    TOO_MANY_FRAMES = "too_many_frames"
    UNSUPPORTED_PROTOCOL = "unsupported_protocol"
    EMPTY_MESSAGE = "empty_message"
    UNKNOWN_CONVERSATION = "unknown_conversation"
    UNKNOWN_MESSAGE = "unknown_message"
    CONVERSATION_BUSY = "conversation_busy"
    CONFLICT = "conflict"
    TOO_MANY_WAITING = "too_many_waiting"
    ALREADY_BEGUN = "already_begun"
    NOT_INTERRUPTED = "not_interrupted"
    NOT_RESUMABLE = "not_resumable"
    UNKNOWN_RUN = "unknown_run"
    UNKNOWN_PERSONA = "unknown_persona"
    UNKNOWN_ADDRESS = "unknown_address"
    CHANGED_MEANWHILE = "changed_meanwhile"
    BAD_IMPORT = "bad_import"
    UNKNOWN_IMPORT = "unknown_import"
    UNSUPPORTED_IMPORT = "unsupported_import"
    EMPTY_IMPORT = "empty_import"
    IMPORT_TOO_LONG = "import_too_long"
    BODY_TOO_LARGE = "body_too_large"
    BAD_CURSOR = "bad_cursor"
    TOO_MANY_RUNS = "too_many_runs"
    MEMBER_BUSY = "member_busy"
    TOO_MANY_MESSAGES = "too_many_messages"
    DAY_USED_UP = "day_used_up"
    TOO_MANY_READERS = "too_many_readers"
    UNPAIRED = "unpaired"
    NOT_ALLOWED = "not_allowed"
    UNKNOWN_CODE = "unknown_code"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - a code, and no password
    WEAK_PASSWORD = "weak_password"  # noqa: S105 - a code, and no password
    UNKNOWN_REQUEST = "unknown_request"
    CONFIRMATION_NEEDED = "confirmation_needed"
    TOO_MANY_ATTEMPTS = "too_many_attempts"
    TOKEN_IN_ADDRESS = "token_in_address"  # noqa: S105 - a code, and no password
    UNKNOWN_DEVICE = "unknown_device"
    UNKNOWN_MEMBER = "unknown_member"
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
    REMOTE_NOT_ALLOWED = "remote_not_allowed"
    REMOTE_TOKENS_USED_UP = "remote_tokens_used_up"
    MODEL_REMOVED = "model_removed"
    MODEL_TOO_LARGE = "model_too_large"
    SMALLER_MODEL_FITS = "smaller_model_fits"
    MODEL_UNSUITABLE = "model_unsuitable"
    UNSUPPORTED_OPTION = "unsupported_option"
    MODEL_IN_USE = "model_in_use"
    DOWNLOAD_PAUSED = "download_paused"
    HUB_NOT_FOUND = "hub_not_found"
    HUB_GATED = "hub_gated"
    CODE_CHANGED = "code_changed"
    MODEL_FROM_SETTINGS = "model_from_settings"
    MODEL_EXISTS = "model_exists"
    BAD_MODEL_SPEC = "bad_model_spec"
    UNKNOWN_MODEL_SPEC = "unknown_model_spec"
    UNKNOWN_PROVIDER = "unknown_provider"
    STORAGE_FAILED = "storage_failed"
    INTERNAL = "internal"


RETRYABLE = frozenset(
    {
        ErrorCode.TOO_MANY_FRAMES,
        ErrorCode.CONVERSATION_BUSY,
        ErrorCode.TOO_MANY_WAITING,
        ErrorCode.TOO_MANY_RUNS,
        ErrorCode.MEMBER_BUSY,
        ErrorCode.TOO_MANY_MESSAGES,
        ErrorCode.DAY_USED_UP,
        ErrorCode.TOO_MANY_ATTEMPTS,
        ErrorCode.MODEL_FETCH_FAILED,
        ErrorCode.MODEL_CRASHED,
        ErrorCode.MODEL_STALLED,
        ErrorCode.MODEL_STUCK,
        ErrorCode.DISK_FULL,
        ErrorCode.OUT_OF_MEMORY,
        ErrorCode.OVERLOADED,
        ErrorCode.SHUTTING_DOWN,
        ErrorCode.BACKEND_FAILED,
        ErrorCode.PROVIDER_RATE_LIMITED,
        ErrorCode.PROVIDER_OVERLOADED,
        ErrorCode.PROVIDER_FAILED,
        ErrorCode.PROVIDER_UNREACHABLE,
        ErrorCode.PROVIDER_TIMEOUT,
        ErrorCode.PROVIDER_DISCONNECTED,
        ErrorCode.REMOTE_TOKENS_USED_UP,
        ErrorCode.MODEL_IN_USE,
        ErrorCode.DOWNLOAD_PAUSED,
        ErrorCode.STORAGE_FAILED,
        ErrorCode.INTERNAL,
    }
)
"""Codes after which the very same request may succeed later."""

Detail = dict[str, str | int]


class ChatError(Exception):
    """A request that cannot be served: `code` says why, `detail` fills the sentence."""

    def __init__(self, code: ErrorCode, **detail: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail: Detail = detail

    @property
    def retryable(self) -> bool:
        """Whether the same request may succeed later."""
        return self.code in RETRYABLE
