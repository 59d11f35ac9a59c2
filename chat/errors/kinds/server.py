"""The server itself."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

SERVER: ErrorKinds = {
    ErrorCode.SHUTTING_DOWN: ErrorKind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "服务器正在关闭，已生成的内容会保留，请稍后再试。",
        "The server is shutting down. What was written is kept. Try again later.",
        retryable=True,
    ),
    ErrorCode.STORAGE_FAILED: ErrorKind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "无法读写电脑上的数据库，可能是磁盘已满或文件被占用，请检查后重试。",
        "Can’t use the database on the computer. Its disk may be full, or the file is locked. "
        "Check it and try again.",
        retryable=True,
    ),
    ErrorCode.INTERNAL: ErrorKind(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "服务器内部错误，请重试。详情见电脑上的终端。",
        "Something went wrong on the server. Try again. Details are in the terminal on the "
        "computer.",
        retryable=True,
    ),
}
