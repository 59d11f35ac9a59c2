"""Frames of the socket and requests over HTTP that cannot be read or are too many."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

REQUESTS: ErrorKinds = {
    ErrorCode.BAD_JSON: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这条消息不是有效的 JSON，请检查格式后重发。",
        "This message isn’t valid JSON. Check its format and send it again.",
    ),
    ErrorCode.BAD_FRAME: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        '消息必须是一个 JSON 对象，例如 {{"message": "你好"}}。',
        'A message must be a JSON object, for example {{"message": "hello"}}.',
    ),
    ErrorCode.UNKNOWN_FRAME: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "未知的消息类型「{type}」，请对照协议文档检查 type。",
        "Unknown message type “{type}”. Check `type` against the protocol documentation.",
    ),
    ErrorCode.BAD_FIELD: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "参数不正确：{reason}。请改正后重发。",
        "Something in the request isn’t valid: {reason}. Correct it and send it again.",
    ),
    ErrorCode.BINARY_FRAME: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "只接受文本消息，不接受二进制消息。",
        "Only text messages are accepted, not binary ones.",
    ),
    ErrorCode.FRAME_TOO_LARGE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "消息有 {size} 字节，超过上限 {limit} 字节，请缩短或分多次发送。",
        "This message is {size} bytes, over the limit of {limit}. Shorten it or send it in parts.",
    ),
    ErrorCode.TOO_MANY_FRAMES: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "发送过快，部分消息已被丢弃，请稍后再发。",
        "Messages are coming in too fast and some were dropped. Wait a moment, then send again.",
        retryable=True,
    ),
    ErrorCode.UNSUPPORTED_PROTOCOL: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "页面与服务器的版本不一致（页面 {client}，服务器 {server}），请刷新页面。",
        "The page and the server are different versions ({client} and {server}). Reload the page.",
    ),
    ErrorCode.UNKNOWN_ADDRESS: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "没有这个接口：{method} {path}，请查看 /api/v1/docs。",
        "There is no {method} {path}. See /api/v1/docs.",
    ),
    ErrorCode.BODY_TOO_LARGE: ErrorKind(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        "上传的内容超过上限 {limit} 字节，请拆分后上传，或在 MYLLM_LIMITS 里调大 {setting}。",
        "The upload is over the limit of {limit} bytes. Split it, or raise {setting} in "
        "MYLLM_LIMITS.",
    ),
    ErrorCode.BAD_CURSOR: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "位置 {after} 超出了这个回答（最新为 {last}），请从头读取。",
        "Position {after} is past the end of this answer (at {last}). Read from the start.",
    ),
    ErrorCode.TOO_MANY_READERS: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这个连接同时读取的回答已达上限（{limit} 个），请先停止读取其中一个。",
        "This connection is already reading {limit} answers. Detach from one first.",
    ),
}
