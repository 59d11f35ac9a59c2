"""Why a model cannot be chatted with, in the words of a sentence about it."""

from __future__ import annotations

from chat.errors import Detail

_WHY = {
    "embeds": (
        "它是向量模型，用来比较文字的含义，不会写回答",
        "it is an embedding model, which compares texts and writes none",
    ),
    "classifies": (
        "它是分类模型，只给文字打标签",
        "it is a classifier, which labels texts and writes none",
    ),
    "encoder": (
        "它是编码模型（BERT 一类），用来填空、分类或检索，不会写回答",
        "it is an encoder like BERT, for filling gaps, labels or search, and writes no answers",
    ),
    "translates": (
        "它是翻译、摘要一类的编码器-解码器模型（T5、BART 一类），不会对话",
        "it is an encoder-decoder like T5 or BART, for translations and summaries",
    ),
    "hears": ("它是语音识别模型", "it turns speech into text"),
    "sees": ("它只看图，不写文字", "it looks at images and writes no text"),
    "draws": ("它是画图的模型", "it makes images"),
    "adapter": (
        "它只是一个 LoRA 适配器，要先合并到它的基础模型里，再使用合并后的文件夹",
        "it is a LoRA adapter; merge it into its base model and use the folder that comes of it",
    ),
    "no_text": (
        "transformers 没有用来写文字的「{architecture}」模型",
        "transformers has no model of the kind “{architecture}” that writes text",
    ),
    "unknown": (
        "已安装的 transformers 不认识它的架构「{architecture}」，请升级 transformers 或换一个模型",
        "the transformers that is installed does not know its architecture “{architecture}”; "
        "upgrade transformers or choose another model",
    ),
    "code_elsewhere": (
        "它的程序代码在另一个仓库 {repository} 里，MyLLM 不会去下载；请把那里的 .py 文件"
        "放进模型的文件夹，并改好 auto_map",
        "its program code lies in another repository, {repository}, and is never downloaded; put "
        "its .py files into the model's folder and change auto_map accordingly",
    ),
    "code_fails": (
        "它自带的程序代码不能和已安装的 transformers 一起工作（{error}）",
        "its own program code does not work with the transformers that is installed ({error})",
    ),
}
"""By the reasons of `inference.Unsuitable`."""


def explained(detail: Detail, *, in_chinese: bool) -> Detail:
    """The detail with its reason in words, where it is one of these; any other stays as it is."""
    found = _WHY.get(str(detail.get("reason")))
    if found is None:
        return detail
    words = found[0] if in_chinese else found[1]
    told = {name: str(value) for name, value in detail.items()}
    return {**detail, "reason": words.format_map(told)}


def reason_in_words(reason: str, *, in_chinese: bool, **detail: str | int) -> str:
    """One reason alone."""
    return str(explained({**detail, "reason": reason}, in_chinese=in_chinese)["reason"])
