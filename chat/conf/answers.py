"""What an answer is like where nobody asked for anything else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from django.core.exceptions import ImproperlyConfigured

from chat.conf.group import Group
from chat.conf.setting import choice, number, option, text


@dataclass(frozen=True)
class AnswerSettings:
    """What an answer is like where nobody asked for anything else."""

    GROUP: ClassVar[Group] = Group.ANSWERS

    system_prompt: str = text(
        "",
        zh="每个对话之前的系统提示词",
        en="system prompt before every conversation",
    )
    titles: Literal["local", "all", "off"] = choice(
        "local",
        ("local", "all", "off"),
        zh=(
            "第一个回答写完后，由对话所用的模型在后台拟标题：`local` 只用这台电脑上的模型，"
            "`all` 联网模型也用（会产生费用），`off` 不拟"
        ),
        en=(
            "after the first answer the conversation's model writes its title in the "
            "background: `local` models of this computer alone, `all` those of providers as "
            "well, which may cost money, `off` none"
        ),
    )
    do_sample: bool | None = option(
        zh=(
            "请求和对话都没有写明时用的参数，这一项和下面七项与 transformers 的 `generate` 同名"
            "同义，留空由模型自己决定：`1` 随机抽样，`0` 总取最可能的词元"
        ),
        en=(
            "used where neither the request nor its conversation names it; this and the next "
            "seven mean what they do for transformers' `generate`, and empty leaves them to "
            "the model. `1` draws tokens, `0` takes the likeliest"
        ),
    )
    temperature: float | None = option(
        zh="温度，0 至 5",
        en="temperature, 0 to 5",
    )
    top_k: int | None = option(
        zh="只在最可能的几个词元里抽，`0` 不限",
        en="draw among so many of the likeliest tokens; `0` among all",
    )
    top_p: float | None = option(
        zh="只在合计概率达到这么多的最可能的词元里抽",
        en="draw among the likeliest tokens that together have this probability",
    )
    repetition_penalty: float | None = option(
        zh="提示和回答里已有的词元的惩罚，`1` 为没有",
        en="penalty of tokens that the prompt or the answer has already; `1` is none",
    )
    max_new_tokens: int | None = option(
        zh="一个回答最多多少词元；请求可以要求更多，上限是 `MYLLM_ANSWER_TOKENS`",
        en="most tokens of one answer; a request may ask for more, up to `MYLLM_ANSWER_TOKENS`",
    )
    max_length: int | None = option(
        zh=(
            "提示（连同历史）和回答合计最多多少词元：放不下的旧历史被略去；"
            "`MYLLM_MAX_NEW_TOKENS` 也设了时只看那一项"
        ),
        en=(
            "most tokens of prompt, history included, and answer together: history that does "
            "not fit is left out; where `MYLLM_MAX_NEW_TOKENS` is set too, that alone counts"
        ),
    )
    enable_thinking: bool | None = option(
        zh="`1` 先思考再回答，`0` 不思考（模型可以切换时）",
        en="`1`: reason before answering, `0`: do not, where the model has a switch",
    )
    answer_tokens: int = number(
        0,
        0,
        16_777_216,
        zh=(
            "本地模型一个回答最多多少词元（接着写的也算在一起；提问时要求的更多会减到这里）；"
            "`0`：内置模型 2048，其他模型到上下文用完为止"
        ),
        en=(
            "most tokens of one answer of a local model, one that is gone on with counted as a "
            "whole; a request that asks for more gets these. `0`: 2048 for the built-in "
            "models, for others as much as the context holds"
        ),
    )

    def __post_init__(self) -> None:
        """Raises `ImproperlyConfigured` for two options that exclude each other."""
        if self.do_sample and self.temperature == 0:
            raise ImproperlyConfigured(
                "MYLLM_DO_SAMPLE=1 与 MYLLM_TEMPERATURE=0 相互矛盾：请去掉其中一项。 "
                "(they exclude each other: leave one of them out)"
            )
