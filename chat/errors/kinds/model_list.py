"""The list of models and its changes."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

MODEL_LIST: ErrorKinds = {
    ErrorCode.UNKNOWN_MODEL: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "没有名为「{model}」的模型，请换一个。",
        "There is no model named “{model}”. Choose another.",
    ),
    ErrorCode.UNSUPPORTED_OPTION: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "「{model}」不支持参数 {option}，请去掉它，或换一个模型。",
        "“{model}” doesn’t support the option {option}. Leave it out, or choose another model.",
    ),
    ErrorCode.MODEL_REMOVED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型「{model}」已被移除，已生成的内容会保留，请换一个模型。",
        "The model “{model}” was removed. What was written is kept. Choose another model.",
    ),
    ErrorCode.MODEL_IN_USE: ErrorKind(
        HTTPStatus.CONFLICT,
        "模型「{model}」正在回答，请等它结束。",
        "The model “{model}” is answering. Wait until it is done.",
        retryable=True,
    ),
    ErrorCode.CODE_CHANGED: ErrorKind(
        HTTPStatus.CONFLICT,
        "模型「{model}」的代码与刚才查看的不同，请重新查看后再允许。",
        "The code of “{model}” has changed since you reviewed it. Review it again before "
        "allowing it.",
    ),
    ErrorCode.MODEL_FROM_SETTINGS: ErrorKind(
        HTTPStatus.CONFLICT,
        "「{model}」由 MYLLM_MODELS 设置，请在那里删除后重启。",
        "“{model}” is set in MYLLM_MODELS. Remove it there and restart.",
    ),
    ErrorCode.MODEL_EXISTS: ErrorKind(
        HTTPStatus.CONFLICT,
        "「{model}」已在列表中。",
        "“{model}” is already in the list.",
    ),
    ErrorCode.BAD_MODEL_SPEC: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "无法使用这个模型：{reason}",
        "This model can’t be used: {reason}",
    ),
    ErrorCode.UNKNOWN_MODEL_SPEC: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "无法识别「{spec}」。请填写魔搭或 Hugging Face 的模型 ID（如 Qwen/Qwen3-4B）、以 http 开"
        "头的服务器地址，或电脑上模型文件的路径。",
        "“{spec}” wasn’t recognized. Enter a model ID from ModelScope or Hugging Face (such as "
        "Qwen/Qwen3-4B), a server address starting with http, or the path of a model file on the "
        "computer.",
    ),
    ErrorCode.UNKNOWN_PROVIDER: ErrorKind(
        HTTPStatus.NOT_FOUND,
        "找不到这个服务商，可能已被删除。",
        "This provider wasn’t found; it may have been removed.",
    ),
}
