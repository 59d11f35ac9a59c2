"""Conversations, their messages and answers."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

CONVERSATIONS: ErrorKinds = {
    ErrorCode.EMPTY_MESSAGE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "消息是空的，请先输入内容。",
        "The message is empty. Type something first.",
    ),
    ErrorCode.UNKNOWN_CONVERSATION: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个对话，可能已被删除。请新建对话后重发。",
        "This conversation wasn’t found; it may have been deleted. Start a new chat and send "
        "again.",
    ),
    ErrorCode.UNKNOWN_MESSAGE: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到要回复的消息，请刷新后重试。",
        "The message you’re replying to wasn’t found. Reload and try again.",
    ),
    ErrorCode.CONVERSATION_BUSY: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "上一个回答还没有结束，请等它结束，或先停止它。",
        "The previous answer isn’t finished. Wait for it, or stop it first.",
        retryable=True,
    ),
    ErrorCode.CONFLICT: ErrorKind(
        HTTPStatus.CONFLICT,
        "同一编号（client_msg_id）已发送过另一条消息，这一条没有发送；请用新的编号重发。",
        "A different message was already sent with this client_msg_id, so this one wasn’t sent. "
        "Send it again with a new one.",
    ),
    ErrorCode.TOO_MANY_WAITING: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这个对话里已有 {limit} 条消息在等待，请等前面的回答结束后再发。",
        "{limit} messages are already waiting in this conversation. Wait until an answer is done.",
        retryable=True,
    ),
    ErrorCode.ALREADY_BEGUN: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这条消息已经开始回答，无法撤回，可以停止回答。",
        "This message is already being answered, so it can’t be cancelled. You can stop the "
        "answer instead.",
    ),
    ErrorCode.NOT_INTERRUPTED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这个回答无法继续，请重新生成，或发送新消息。",
        "This answer can’t be continued. Regenerate it, or send a new message.",
    ),
    ErrorCode.NOT_RESUMABLE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "「{model}」不支持续写，请重新生成。",
        "“{model}” can’t continue an answer. Regenerate it instead.",
    ),
    ErrorCode.UNKNOWN_RUN: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个回答，可能已被删除。",
        "This answer wasn’t found; it may have been deleted.",
    ),
    ErrorCode.UNKNOWN_PERSONA: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个角色，可能已被删除，请另选一个。",
        "This persona wasn’t found; it may have been deleted. Choose another.",
    ),
    ErrorCode.CHANGED_MEANWHILE: ErrorKind(
        HTTPStatus.PRECONDITION_FAILED,
        "这个对话已在别处修改（当前为第 {revision} 版），请刷新后再改。",
        "This conversation was changed elsewhere (now revision {revision}). Reload it and try "
        "again.",
    ),
}
