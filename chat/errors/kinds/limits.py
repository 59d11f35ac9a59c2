"""What a member or a device may use, and how much."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

LIMITS: ErrorKinds = {
    ErrorCode.TOO_MANY_RUNS: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "此设备同时进行的回答已达上限（{limit} 个），请等其中一个结束。",
        "This device already has {limit} answers running. Wait until one is done.",
        retryable=True,
    ),
    ErrorCode.MEMBER_BUSY: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "你同时进行的回答已达上限（{limit} 个），请等其中一个结束后再发。",
        "You already have {limit} answers running, which is your limit. Wait until one is done.",
        retryable=True,
    ),
    ErrorCode.TOO_MANY_MESSAGES: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "发送过于频繁（每分钟最多 {limit} 条），请 {seconds} 秒后再发。",
        "You’re sending too fast (limit: {limit} messages per minute). Try again in {seconds} "
        "seconds.",
        retryable=True,
    ),
    ErrorCode.DAY_USED_UP: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "24 小时内的 {limit} 条消息已用完，请约 {minutes} 分钟后再发，或请管理员调高上限。",
        "You’ve used your {limit} messages for 24 hours. Try again in about {minutes} minutes, "
        "or ask the owner for more.",
        retryable=True,
    ),
    ErrorCode.REMOTE_NOT_ALLOWED: ErrorKind(
        HTTPStatus.FORBIDDEN,
        "「{model}」由 {provider} 提供，问题会离开这台电脑，管理员未允许你使用云端模型。",
        "“{model}” is run by {provider}, so questions leave this computer, and the owner hasn’t "
        "allowed you to use cloud models.",
    ),
    ErrorCode.REMOTE_TOKENS_USED_UP: ErrorKind(
        HTTPStatus.TOO_MANY_REQUESTS,
        "24 小时内的 {limit} 个云端模型词元已用完，约 {minutes} 分钟后恢复，或换一个本地模型。",
        "You’ve used your {limit} cloud tokens for 24 hours. Try again in about {minutes} "
        "minutes, or choose a local model.",
        retryable=True,
    ),
}
