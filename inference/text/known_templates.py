"""The instruction templates of models that were published without one in their folder.

Each by the words of its publisher's own example; used only where the folder has none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownTemplate:
    """`names` finds the model in its path, `template` is Jinja's, `stop` ends an answer."""

    names: re.Pattern[str]
    template: str
    stop: tuple[str, ...] = ()


def _turns(system: str, user: str, assistant: str) -> str:
    """Three pieces, in which `{}` stands for a message, as one template. They are expressions:
    as plain text they would lose a newline at their ends.
    """
    turns = [_expression(piece) for piece in (system, user, assistant)]
    return (
        "{% for m in messages %}"
        f"{{% if m.role == 'system' %}}{turns[0]}"
        f"{{% elif m.role == 'user' %}}{turns[1]}"
        f"{{% else %}}{turns[2]}{{% endif %}}"
        "{% endfor %}"
    )


def _expression(piece: str) -> str:
    before, _, after = piece.partition("{}")
    first, last = (part.replace("\n", "\\n") for part in (before, after))
    return f"{{{{ '{first}' ~ m.content ~ '{last}' }}}}"


_CHATML = (
    "{% for m in messages %}"
    "{{ '<|im_start|>' ~ m.role ~ '\\n' ~ m.content ~ '<|im_end|>\\n' }}"
    "{% endfor %}"
    "{{ '<|im_start|>assistant\\n' }}"
)
_LLAMA_2 = (
    "{% set told = 'You are a helpful assistant. 你是一个乐于助人的助手。' %}"
    "{% if messages[0].role == 'system' %}"
    "{% set told = messages[0].content %}{% set messages = messages[1:] %}"
    "{% endif %}"
    "{% for m in messages %}"
    "{% if m.role == 'user' %}"
    "{% if loop.first %}[INST] <<SYS>>\n{{ told }}\n<</SYS>>\n\n{{ m.content }} [/INST]"
    "{% else %}<s>[INST] {{ m.content }} [/INST]{% endif %}"
    "{% else %} {{ m.content }} </s>{% endif %}"
    "{% endfor %}"
)
_ROUNDS = (
    "{% set said = namespace(round=0, before='') %}"
    "{% for m in messages %}"
    "{% if m.role == 'user' %}{% set said.round = said.round + 1 %}"
    "[Round {{ said.round }}]\n\n问：{{ said.before }}{{ m.content }}\n\n答："
    "{% set said.before = '' %}"
    "{% elif m.role == 'system' %}{% set said.before = m.content ~ '\n\n' %}"
    "{% else %}{{ m.content }}\n\n{% endif %}"
    "{% endfor %}"
)


def _named(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


KNOWN = (
    # https://huggingface.co/Linly-AI/Chinese-LLaMA-2-7B-hf: two blanks before the response.
    KnownTemplate(
        _named(r"linly|chatflow|chinese-llama-2-\d+b-hf"),
        _turns("{}\n\n", "### Instruction:{}  ### Response:", "{}\n\n"),
        ("### Instruction:",),
    ),
    # https://github.com/ymcui/Chinese-LLaMA-Alpaca-2, scripts/inference
    KnownTemplate(_named(r"chinese-alpaca-2"), _LLAMA_2, ("[INST]",)),
    # https://github.com/ymcui/Chinese-LLaMA-Alpaca, scripts/inference
    KnownTemplate(
        _named(r"chinese-alpaca"),
        "Below is an instruction that describes a task. "
        "Write a response that appropriately completes the request.\n\n"
        + _turns("{}\n\n", "### Instruction:\n\n{}\n\n### Response:\n\n", "{}\n\n"),
        ("### Instruction:",),
    ),
    # https://huggingface.co/BelleGroup/BELLE-Llama2-13B-chat-0.4M
    KnownTemplate(
        _named(r"belle-"),
        _turns("{}\n\n", "Human: \n{} \n\nAssistant: \n", "{}\n\n"),
        ("\nHuman:",),
    ),
    # https://github.com/QwenLM/Qwen, qwen_generation_utils.py: ChatML, in no template.
    KnownTemplate(_named(r"qwen-[\d_.]+b-chat"), _CHATML, ("<|im_end|>", "<|im_start|>")),
    # https://github.com/THUDM/ChatGLM2-6B, `build_prompt` in modeling_chatglm.py
    KnownTemplate(_named(r"chatglm2"), _ROUNDS, ("[Round",)),
)
