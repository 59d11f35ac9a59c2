"""Turns failures of OpenAI's client into errors of a provider. Imported with it, in a thread."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

import httpx2
from openai import APIConnectionError, APIStatusError

from inference.errors import InferenceError
from inference.remote.lenient_json import read_json
from inference.remote.provider_errors import ProviderErrors
from inference.remote.refusal import Refusal, RefusedError, read_refusal


def refused(error: APIStatusError) -> RefusedError:
    """The refusal in an error response."""
    response = error.response
    if target := response.headers.get("location"):
        message = f"the address is redirected to {_host(target)}, which is not followed"
        return RefusedError(Refusal(response.status_code, message=message), {})
    try:
        body = read_json(response.content)
    except ValueError:
        body = _plain(response.text)
    return RefusedError(read_refusal(response.status_code, body), response.headers)


def not_reached(
    error: Exception, errors: ProviderErrors, host: str, seconds: float
) -> InferenceError:
    """The error of a call without a response. `host` names its proxy too."""
    cause = error.__cause__ if isinstance(error, APIConnectionError) else error
    message = str(cause) or type(cause).__name__
    if isinstance(cause, httpx2.ReadTimeout | httpx2.WriteTimeout):
        return errors.silent(seconds)
    if isinstance(cause, httpx2.RemoteProtocolError | httpx2.ReadError | httpx2.WriteError):
        return errors.disconnected(message)
    return errors.unreachable(host, message, retryable=not _is_tls(cause))


def broken(error: Exception, errors: ProviderErrors, seconds: float) -> InferenceError:
    """The error of a response that breaks off."""
    if isinstance(error, httpx2.TimeoutException):
        return errors.silent(seconds)
    message = str(error) or type(error).__name__
    if isinstance(error, httpx2.DecodingError):
        return errors.failed(f"the compressed answer is damaged: {message}")
    return errors.disconnected(message)


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.rpartition("@")[2] or address
    except ValueError:
        return address


def _plain(text: str) -> str:
    """The message of a response; an HTML page is replaced by its status."""
    return "" if text.lstrip().startswith("<") else text


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
