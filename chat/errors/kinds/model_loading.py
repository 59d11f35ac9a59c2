"""Models that cannot be loaded on this computer."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

MODEL_LOADING: ErrorKinds = {
    ErrorCode.MODEL_FILE_MISSING: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "找不到模型文件「{file}」，请检查路径或重新下载。",
        "The model file “{file}” is missing. Check its path, or download it again.",
    ),
    ErrorCode.MODEL_FILE_DAMAGED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型文件「{file}」已损坏，请删除后重新下载。",
        "The model file “{file}” is damaged. Delete it and download it again.",
    ),
    ErrorCode.MODEL_LOAD_FAILED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型加载失败，请查看电脑上的终端，或换一个模型。",
        "The model couldn’t be loaded. See the terminal on the computer, or choose another model.",
    ),
    ErrorCode.BACKEND_NOT_INSTALLED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "运行这个模型还需要 {package}，请在电脑上安装后重试：{command}",
        "This model needs {package}, which isn’t installed. Install it on the computer and try "
        "again: {command}",
    ),
    ErrorCode.DEVICE_UNAVAILABLE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "这台电脑没有 MYLLM_DEVICE 指定的设备「{device}」，请改成 auto 后重启。",
        "This computer doesn’t have the device “{device}” set in MYLLM_DEVICE. Set it to auto "
        "and restart.",
    ),
    ErrorCode.GPU_NEEDED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "「{model}」是 {method} 量化版，只能在显卡上运行，而这台电脑没有可用的显卡。请换用 GGUF "
        "或未量化的版本。",
        "“{model}” is quantized ({method}) and runs only on a GPU, and this computer has none "
        "that can be used. Choose a GGUF file or a version that isn’t quantized.",
    ),
    ErrorCode.REMOTE_CODE_UNTRUSTED: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "模型「{model}」需要运行自带的代码，管理员查看并允许后才能使用（或写进 "
        "MYLLM_TRUST_REMOTE_CODE 后重启）。",
        "The model “{model}” runs its own code. The owner has to review and allow it first (or "
        "list the model in MYLLM_TRUST_REMOTE_CODE and restart).",
    ),
    ErrorCode.MODEL_TOO_LARGE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "内存不足，无法运行「{model}」：需要约 {needed}，可用 {free}。请关闭其他程序，或换一个更"
        "小的模型。",
        "Not enough memory for “{model}”: it needs about {needed}, and {free} is available. "
        "Close other programs, or choose a smaller model.",
    ),
    ErrorCode.SMALLER_MODEL_FITS: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "内存不足，无法运行「{model}」：需要约 {needed}，可用 {free}。可以换用「{smaller}」。",
        "Not enough memory for “{model}”: it needs about {needed}, and {free} is available. "
        "“{smaller}” would fit.",
    ),
    ErrorCode.MODEL_UNSUITABLE: ErrorKind(
        HTTPStatus.BAD_REQUEST,
        "「{model}」不能用来聊天：{reason}。",
        "“{model}” can’t be used for chatting: {reason}.",
    ),
}
