"""Failures that a provider reports, and providers that cannot be reached."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

PROVIDERS: ErrorKinds = {
    ErrorCode.PROVIDER_KEY_MISSING: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "尚未填写 {provider} 的 API 密钥，请管理员在「设置 → 模型」中填写，或设置环境变量 "
        "{variable}。",
        "There is no API key for {provider} yet. The owner can enter it in “Settings → Models”, "
        "or set the variable {variable}.",
    ),
    ErrorCode.PROVIDER_KEY_REFUSED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 拒绝了 API 密钥，请管理员在「设置 → 模型」中检查或更换。",
        "{provider} rejected the API key. The owner can check or replace it in “Settings → "
        "Models”.",
    ),
    ErrorCode.PROVIDER_FORBIDDEN: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 不允许使用这个模型（{reason}），请检查账号权限，或换一个模型。",
        "{provider} doesn’t allow using this model ({reason}). Check the account’s permissions, "
        "or choose another model.",
    ),
    ErrorCode.PROVIDER_BALANCE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 账户余额不足，请充值后重试，或换一个模型。",
        "The {provider} account is out of credit. Top it up and try again, or choose another "
        "model.",
    ),
    ErrorCode.PROVIDER_RATE_LIMITED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 的请求次数已达上限，请约 {seconds} 秒后再试。",
        "The rate limit of {provider} was reached. Try again in about {seconds} seconds.",
        retryable=True,
    ),
    ErrorCode.PROVIDER_OVERLOADED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 当前繁忙，请稍后再试。",
        "{provider} is busy right now. Try again later.",
        retryable=True,
    ),
    ErrorCode.PROVIDER_FAILED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 出错了（{reason}），已生成的内容会保留，请重试。",
        "{provider} had an error ({reason}). What was written is kept. Try again.",
        retryable=True,
    ),
    ErrorCode.PROVIDER_REFUSED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 拒绝了这个请求：{reason}。",
        "{provider} rejected this request: {reason}.",
    ),
    ErrorCode.PROVIDER_CONTENT_FILTERED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 的内容审核拦截了这次提问或回答，请换个说法。",
        "The content filter of {provider} blocked the question or its answer. Try rephrasing it.",
    ),
    ErrorCode.PROVIDER_MODEL_UNKNOWN: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 没有名为「{model}」的模型，请换一个。",
        "{provider} has no model named “{model}”. Choose another.",
    ),
    ErrorCode.PROVIDER_UNREACHABLE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "连不上 {provider}（{host}），请检查网络、代理或地址。",
        "Can’t reach {provider} ({host}). Check the network, the proxy and the address.",
        retryable=True,
    ),
    ErrorCode.PROVIDER_TIMEOUT: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} {seconds} 秒没有响应，请重试。",
        "{provider} didn’t respond for {seconds} seconds. Try again.",
        retryable=True,
    ),
    ErrorCode.PROVIDER_DISCONNECTED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "{provider} 在回答中途断开了连接，已生成的内容会保留。",
        "{provider} disconnected in the middle of the answer. What was written is kept.",
        retryable=True,
    ),
}
