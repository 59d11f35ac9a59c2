"""Downloads of models."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

DOWNLOADS: ErrorKinds = {
    ErrorCode.MODEL_FETCH_FAILED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型下载失败（已尝试：{sources}）。请检查电脑的网络和代理，下次发送消息时会继续下载。",
        "The model couldn’t be downloaded (tried: {sources}). Check the computer’s network and "
        "proxy. The download resumes with your next message.",
        retryable=True,
    ),
    ErrorCode.DISK_FULL: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "电脑磁盘空间不足，请清理后重试。",
        "The computer’s disk is full. Free up some space and try again.",
        retryable=True,
    ),
    ErrorCode.DOWNLOAD_PAUSED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型「{model}」的下载已暂停，继续下载后才能使用。",
        "The download of “{model}” is paused. Resume it to use the model.",
        retryable=True,
    ),
    ErrorCode.HUB_NOT_FOUND: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "在 {hub} 上找不到「{repository}」，请检查名称。",
        "“{repository}” wasn’t found on {hub}. Check the name.",
    ),
    ErrorCode.HUB_GATED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "「{repository}」需要先在 {hub} 的网页上同意条款，再把访问令牌设为这台电脑的环境变量（"
        "Hugging Face 为 HF_TOKEN，ModelScope 为 MODELSCOPE_API_TOKEN），然后重启 MyLLM。",
        "“{repository}” requires you to accept its terms on {hub}. Then set an access token on "
        "this computer (HF_TOKEN for Hugging Face, MODELSCOPE_API_TOKEN for ModelScope) and "
        "restart MyLLM.",
    ),
}
