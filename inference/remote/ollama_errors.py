"""Errors of the connection to Ollama, in the codes of inference."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from inference.errors import Detail, InferenceError, InferenceErrorCode
from inference.remote.account import ApiKey
from inference.remote.quotation import quoted

PROVIDER = "Ollama"
_RETRY_SECONDS = 30

Code = InferenceErrorCode
_BY_STATUS = {
    400: Code.PROVIDER_REFUSED,
    401: Code.PROVIDER_KEY_REFUSED,
    402: Code.PROVIDER_BALANCE,
    403: Code.PROVIDER_FORBIDDEN,
    404: Code.PROVIDER_MODEL_UNKNOWN,
    429: Code.PROVIDER_RATE_LIMITED,
    503: Code.PROVIDER_OVERLOADED,
}
_AGAIN = (
    Code.PROVIDER_FAILED,
    Code.PROVIDER_RATE_LIMITED,
    Code.PROVIDER_OVERLOADED,
    Code.PROVIDER_UNREACHABLE,
    Code.PROVIDER_DISCONNECTED,
    Code.PROVIDER_TIMEOUT,
)


@dataclass(frozen=True, slots=True)
class OllamaTarget:
    """The model and the server that a failure is about; `key` is shown by none."""

    model: str
    host: str
    key: ApiKey = field(default=lambda: "", repr=False)

    def failure(self, code: Code, words: str = "", seconds: float = 0) -> InferenceError:
        """With everything that the sentences need."""
        reason = quoted(words, self.key().strip())
        detail: Detail = {
            "provider": PROVIDER,
            "model": self.model,
            "host": self.host,
            "reason": reason,
            "seconds": round(seconds) or _RETRY_SECONDS,
        }
        message = reason or f"{PROVIDER} at {self.host}"
        return InferenceError(code, message, retryable=code in _AGAIN, detail=detail)


@contextmanager
def translated(target: OllamaTarget, seconds: float = 0) -> Iterator[None]:
    """Failures of the package and of what it stands on as `InferenceError`; `seconds` are those
    after which a `TimeoutError` came.
    """
    try:
        yield
    except InferenceError:
        raise
    except TimeoutError:
        raise target.failure(Code.PROVIDER_TIMEOUT, seconds=seconds) from None
    except Exception as error:
        found = _translation(error, target)
        if found is None:
            raise
        raise found from None


def _translation(error: Exception, target: OllamaTarget) -> InferenceError | None:
    import httpx  # noqa: PLC0415 - with the package, when it is first used
    import ollama  # noqa: PLC0415

    match error:
        case ollama.ResponseError():
            return target.failure(_code(error.status_code, error.error), error.error)
        case ConnectionError() | httpx.ConnectError() | httpx.ConnectTimeout():
            return target.failure(Code.PROVIDER_UNREACHABLE, str(error))
        case httpx.UnsupportedProtocol() | httpx.InvalidURL():
            return target.failure(Code.PROVIDER_UNREACHABLE, str(error))
        case httpx.TransportError():
            return target.failure(Code.PROVIDER_DISCONNECTED, repr(error))
        case (
            httpx.DecodingError() | ValueError() | TypeError() | AttributeError() | RecursionError()
        ):
            # The package reads each line as JSON of a certain shape.
            return target.failure(Code.PROVIDER_FAILED, "an answer that is not Ollama's")
    return None


def _code(status: int, words: str) -> Code:
    if "does not support chat" in words:
        return Code.MODEL_UNSUITABLE
    if "file does not exist" in words:  # a pull of a name that the registry does not have
        return Code.PROVIDER_MODEL_UNKNOWN
    return _BY_STATUS.get(status, Code.PROVIDER_FAILED)
