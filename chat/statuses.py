"""The HTTP status that goes with each error."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from chat.errors import ErrorCode

_STATUSES: Mapping[ErrorCode, HTTPStatus] = {
    ErrorCode.BAD_JSON: HTTPStatus.BAD_REQUEST,
    ErrorCode.BAD_FIELD: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.BAD_CURSOR: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.BAD_IMPORT: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.IMPORT_TOO_LONG: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.UNPAIRED: HTTPStatus.UNAUTHORIZED,
    ErrorCode.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    ErrorCode.UNKNOWN_CODE: HTTPStatus.FORBIDDEN,
    ErrorCode.UNKNOWN_REQUEST: HTTPStatus.NOT_FOUND,
    ErrorCode.CONFIRMATION_NEEDED: HTTPStatus.CONFLICT,
    ErrorCode.UNKNOWN_DEVICE: HTTPStatus.NOT_FOUND,
    ErrorCode.UNKNOWN_MEMBER: HTTPStatus.NOT_FOUND,
    ErrorCode.WRONG_PASSWORD: HTTPStatus.FORBIDDEN,
    ErrorCode.WEAK_PASSWORD: HTTPStatus.UNPROCESSABLE_ENTITY,
    ErrorCode.TOO_MANY_RUNS: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.MEMBER_BUSY: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.TOO_MANY_MESSAGES: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.DAY_USED_UP: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.TOO_MANY_ATTEMPTS: HTTPStatus.TOO_MANY_REQUESTS,
    ErrorCode.UNKNOWN_CONVERSATION: HTTPStatus.NOT_FOUND,
    ErrorCode.UNKNOWN_MESSAGE: HTTPStatus.NOT_FOUND,
    ErrorCode.UNKNOWN_RUN: HTTPStatus.NOT_FOUND,
    ErrorCode.UNKNOWN_PERSONA: HTTPStatus.NOT_FOUND,
    ErrorCode.UNKNOWN_ADDRESS: HTTPStatus.NOT_FOUND,
    ErrorCode.CONFLICT: HTTPStatus.CONFLICT,
    ErrorCode.CHANGED_MEANWHILE: HTTPStatus.PRECONDITION_FAILED,
    ErrorCode.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    ErrorCode.STORAGE_FAILED: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.SHUTTING_DOWN: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.OVERLOADED: HTTPStatus.SERVICE_UNAVAILABLE,
    ErrorCode.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}


def status_of(code: ErrorCode) -> HTTPStatus:
    """400 for what has no better one."""
    return _STATUSES.get(code, HTTPStatus.BAD_REQUEST)
