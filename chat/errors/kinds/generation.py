"""A local model that fails while it answers, or cannot take the request."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

GENERATION: ErrorKinds = {
    ErrorCode.MODEL_CRASHED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型崩溃了，正在自动重新加载。已生成的内容已保留，可以继续或重试。",
        "The model crashed and is being reloaded. What was written is kept. Continue or try again.",
        retryable=True,
    ),
    ErrorCode.MODEL_STALLED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型已有 {silence} 秒没有响应，正在自动重新加载。已生成的内容已保留，可以继续或重试。",
        "The model didn’t respond for {silence} seconds and is being reloaded. What was written "
        "is kept. Continue or try again.",
        retryable=True,
    ),
    ErrorCode.MODEL_STUCK: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "未响应的模型仍占用内存，暂时无法重新加载。如果持续出现，请重启电脑上的 MyLLM。",
        "A model that stopped responding still holds its memory, so it can’t be reloaded yet. If "
        "this lasts, restart MyLLM on the computer.",
        retryable=True,
    ),
    ErrorCode.MODEL_GAVE_UP: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型在 {minutes} 分钟内崩溃了 {crashes} 次，不再自动重新加载，已生成的内容已保留。请"
        "查看电脑上的终端，或换一个模型；下次发送消息时会再试。",
        "The model crashed {crashes} times in {minutes} minutes and won’t be reloaded "
        "automatically. What was written is kept. See the terminal on the computer, or choose "
        "another model. Your next message tries again.",
    ),
    ErrorCode.CONTEXT_EXCEEDED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "内容约 {tokens} 词元，超过上限 {limit}，请缩短消息或新建对话。",
        "This is {tokens} tokens, over the limit of {limit}. Shorten the message or start a new "
        "chat.",
    ),
    ErrorCode.INVALID_REQUEST: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型无法处理这个请求：{reason}。请修改后重试。",
        "The model can’t process this request: {reason}. Change it and try again.",
    ),
    ErrorCode.OUT_OF_MEMORY: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "内存不足，回答已中止。请缩短内容，或换一个更小的模型。",
        "Out of memory, so the answer was stopped. Shorten your message, or choose a smaller "
        "model.",
        retryable=True,
    ),
    ErrorCode.OVERLOADED: ErrorKind(
        HTTPStatus.SERVICE_UNAVAILABLE,
        "当前排队人数过多，请约 {seconds} 秒后再试。",
        "Too many people are in the queue. Try again in about {seconds} seconds.",
        retryable=True,
    ),
    ErrorCode.BACKEND_FAILED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型中途出错，已生成的内容已保留，请重试。",
        "The model ran into an error. What was written is kept. Try again.",
        retryable=True,
    ),
}
