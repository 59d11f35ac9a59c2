"""Files of conversations."""

from __future__ import annotations

from http import HTTPStatus

from chat.errors.codes import ErrorCode
from chat.errors.kinds.error_kind import ErrorKind, ErrorKinds

IMPORTS: ErrorKinds = {
    ErrorCode.BAD_IMPORT: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "这个文件无法导入：{reason}。请检查它是否为完整的导出文件。",
        "This file can’t be imported: {reason}. Check that it is a complete export.",
    ),
    ErrorCode.UNKNOWN_IMPORT: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "无法识别这个文件。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、Open WebUI 和 LobeHub 导出"
        "的对话（JSON 或 zip）。",
        "This file wasn’t recognized. You can import conversations exported by MyLLM, ChatGPT, "
        "DeepSeek, Claude, Open WebUI and LobeHub (JSON or zip).",
    ),
    ErrorCode.UNSUPPORTED_IMPORT: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "这是 {program} 的导出文件，暂不支持导入。可以导入 MyLLM、ChatGPT、DeepSeek、Claude、Open"
        " WebUI 和 LobeHub 导出的对话。",
        "This file was exported by {program}, which isn’t supported yet. You can import "
        "conversations exported by MyLLM, ChatGPT, DeepSeek, Claude, Open WebUI and LobeHub.",
    ),
    ErrorCode.EMPTY_IMPORT: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "这个文件里没有可以导入的消息。",
        "This file has no messages to import.",
    ),
    ErrorCode.IMPORT_TOO_LONG: ErrorKind(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "这个文件的消息和对话超过 {limit} 条，未导入任何内容。"
        "请拆分文件，或在 MYLLM_LIMITS 里调大 {setting}。",
        "This file has more than {limit} messages and conversations, so nothing was imported. "
        "Split it, or raise {setting} in MYLLM_LIMITS.",
    ),
}
