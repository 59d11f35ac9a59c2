"""Why something is no model to chat with, in Chinese; inference has the sentences in English."""

from __future__ import annotations

from chat.errors.codes import Detail
from inference import Unsuitability, Unsuitable

_CHINESE: dict[Unsuitability, tuple[str, str]] = {
    Unsuitability.EMBEDDING: (
        "它把文字变成检索用的向量，不会写回答，请换一个对话模型（名称里常有 Instruct 或 Chat）",
        "",
    ),
    Unsuitability.RERANKER: (
        "它给搜索结果排序，不会写回答，请换一个对话模型（名称里常有 Instruct 或 Chat）",
        "",
    ),
    Unsuitability.CLASSIFIER: (
        "它给文字分类，不会写回答，请换一个对话模型（名称里常有 Instruct 或 Chat）",
        "",
    ),
    Unsuitability.ENCODER_DECODER: (
        "它把一段文字变成另一段（比如翻译），不会对话，请换一个对话模型（名称里常有 Instruct 或 "
        "Chat）",
        "",
    ),
    Unsuitability.SPEECH: ("它处理语音或声音，请换一个能读文字的对话模型", ""),
    Unsuitability.IMAGE: ("它处理图片，请换一个能读文字的对话模型", ""),
    Unsuitability.VISION: (
        "它是视觉模型，这里只能运行它的 GGUF 文件，请选它的 GGUF 版本，或换一个文字模型",
        "",
    ),
    Unsuitability.ADAPTER: (
        "它是 {about} 的适配器（LoRA），不是完整的模型，请先合并到那个模型里，或直接选那个模型",
        "它是适配器（LoRA），不是完整的模型，请先合并到它所属的模型里，或直接选那个模型",
    ),
    Unsuitability.PROJECTOR: ("它是视觉模型里读图片的部分，请选模型本身的文件", ""),
    Unsuitability.DRAFT: ("它只用来让另一个模型写得更快，请选那个模型", ""),
    Unsuitability.SHARD: (
        "它是分卷模型中的一个文件，请选第一个文件 {about}",
        "它是分卷模型中的一个文件，请选第一个文件",
    ),
    Unsuitability.SHARD_MISSING: (
        "它是分卷模型，缺少文件 {about}，请把它下载到同一个目录",
        "它是分卷模型，文件不全，请把其余文件下载到同一个目录",
    ),
    Unsuitability.OTHER_FORMAT: (
        "它的权重是 {about} 格式，请选 GGUF 文件，或含有 safetensors 文件的目录",
        "它的权重格式在这里无法读取，请选 GGUF 文件，或含有 safetensors 文件的目录",
    ),
    Unsuitability.ARCHIVE: (
        "它是压缩包，请先解压，再填写其中的 .gguf 文件，或含有 config.json 的目录",
        "",
    ),
    Unsuitability.PART_OF_FOLDER: (
        "它是模型中的一个文件，请填写它所在的目录 {about}",
        "它是模型中的一个文件，请填写它所在的目录",
    ),
    Unsuitability.NO_MODEL_FILE: (
        "它不是可以单独使用的模型，请选 .gguf 文件，或含有 config.json 和 safetensors 文件的目录",
        "",
    ),
    Unsuitability.MLX: (
        "它是苹果 MLX 库的格式，请选 GGUF 文件，或 Hugging Face 格式的目录",
        "",
    ),
    Unsuitability.UNKNOWN_ARCHITECTURE: (
        "这里的 llama.cpp 还不认识它的架构 {about}，请更新 MyLLM，或换一个模型",
        "这里的 llama.cpp 还不认识它的架构，请更新 MyLLM，或换一个模型",
    ),
    Unsuitability.EMPTY_FOLDER: (
        "它是空目录，请填写含有 config.json 的模型目录，或 .gguf 文件",
        "",
    ),
    Unsuitability.HUB_CACHE: (
        "它是放着多个模型的目录（例如下载缓存），不是模型本身，请填写其中一个，例如 {about}",
        "它是下载缓存，里面没有模型，请填写模型所在的目录",
    ),
    Unsuitability.GGUF_FOLDER: (
        "它是放 GGUF 文件的目录，请填写其中一个文件，例如 {about}",
        "它是放 GGUF 文件的目录，请填写其中一个文件",
    ),
    Unsuitability.NO_WEIGHTS: (
        "里面没有 GGUF 文件，也没有带 config.json 的权重文件，请换一个模型仓库",
        "",
    ),
    Unsuitability.NO_TEXT_MODEL: (
        "transformers 没有能写文字的 {about} 模型，请换一个对话模型",
        "transformers 没有这一类能写文字的模型，请换一个对话模型",
    ),
    Unsuitability.UNKNOWN_TO_TRANSFORMERS: (
        "这里的 transformers 还不认识它的架构 {about}，请升级 transformers，或换一个模型",
        "它的 config.json 没有写明架构，请重新下载，或换一个模型",
    ),
    Unsuitability.CODE_ELSEWHERE: (
        "它的程序代码在另一个仓库 {about} 里，不会去下载，请把那里的 .py 文件放进模型的目录，"
        "并改好 config.json 里的 auto_map",
        "它的程序代码在另一个仓库里，不会去下载，请换一个模型",
    ),
    Unsuitability.CODE_FAILS: (
        "它自带的程序代码不能和这里的 transformers 一起工作（{about}），请换一个模型",
        "它自带的程序代码不能和这里的 transformers 一起工作，请换一个模型",
    ),
    Unsuitability.NO_SUCH_PATH: ("没有这个文件或目录，请检查路径是否写对", ""),
    Unsuitability.NO_MODEL: (
        "这个目录里没有模型：既没有 config.json，也没有 .gguf 文件，请填写含有这些文件的目录",
        "",
    ),
}
"""With a name, and without one where that reads differently."""
_KINDS = {kind.value: kind for kind in Unsuitability}


def reason(found: Unsuitable, *, chinese: bool) -> str:
    """What it is and what to do, without a full stop."""
    if not chinese:
        return found.sentence
    named, unnamed = _CHINESE[found.reason]
    return named.format(about=found.about) if found.about else unnamed or named


def with_reason(detail: Detail, *, chinese: bool) -> Detail:
    """The detail of `model_unsuitable` with its reason in the person's language, where it names
    one that is known here.
    """
    if detail.get("unsuitable") not in _KINDS:
        return detail
    found = Unsuitable(_KINDS[str(detail["unsuitable"])], str(detail.get("about", "")))
    return detail | {"reason": reason(found, chinese=chinese)}
