"""Why something on this computer cannot be chatted with, as people read it."""

from __future__ import annotations

from chat.sentences import is_chinese
from inference import Unsuitable

_CHAT = "请选聊天模型，名称里常有 Instruct 或 Chat"
_CHINESE = {
    "embedding": f"它把文字变成向量，用于搜索，不会写回答；{_CHAT}",
    "reranker": f"它给搜索结果排序，不会写回答；{_CHAT}",
    "classifier": f"它给文字分类，不会写回答；{_CHAT}",
    "encoder_decoder": f"它把一段文字变成另一段（如翻译），不能对话；{_CHAT}",
    "speech": "它用于语音或声音；请选读文字的聊天模型",
    "image": "它用于图像；请选读文字的聊天模型",
    "adapter": "它是适配器（LoRA），不是完整的模型；请先合并到 {about} 里，或直接选那个模型",
    "projector": "它是视觉模型里读图的那部分；请选模型本身的文件",
    "draft": "它只为另一个模型预测下一个词来加速；请选那个模型",
    "shard": "它是分成几个文件的模型的一部分；请选第一个文件 {about}",
    "mlx": "它是苹果 MLX 的格式；请选 GGUF 文件，或 Hugging Face 格式的目录",
    "unknown_architecture": (
        "这里安装的 llama.cpp 不认识它的结构 {about}；请更新 MyLLM，或换一个模型"
    ),
    "empty_folder": "它是空目录；请选放着 config.json 的目录，或 .gguf 文件",
    "hub_cache": "它是放模型的目录（如模型社区的缓存），本身不是模型；请选其中一个 {about}",
    "gguf_folder": "它是放 GGUF 文件的目录；请选其中一个，如 {about}",
    "no_model": "它是没有模型的目录：里面没有 config.json，也没有 .gguf 文件；请选放着它们的目录",
}


def unsuitable_sentence(found: Unsuitable, locale: str) -> str:
    """What it is, and what to choose instead, without a full stop."""
    chinese = _CHINESE.get(found.reason.value)
    if chinese is None or not is_chinese(locale):
        return found.sentence
    return chinese.format(about=found.about)
