"""Which models answer, and what they run on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import choice, listed, number, word


@dataclass(frozen=True)
class ModelSettings:
    """Which models answer, and what they run on."""

    GROUP: ClassVar[Group] = Group.MODELS

    models: tuple[str, ...] = listed(
        Kind.MODELS,
        ("builtin",),
        zh=(
            "模型，逗号分隔，第一个是默认：`builtin`（内置模型），`scripted`（演示），`.gguf` "
            "文件或 Hugging Face 模型目录的路径，可下载的模型（`qwen3-4b` 等，见 `manage.py "
            "model list --all`），模型社区的编号 `Qwen/Qwen2.5-0.5B-Instruct`，服务商的模型 "
            "`deepseek/deepseek-chat`，`ollama/名称` 或 `ollama/名称@http://主机:11434`，任何兼"
            "容的服务 `http://127.0.0.1:8001/v1#名称`。密钥在 `DEEPSEEK_API_KEY`、"
            "`OPENAI_API_KEY` 等变量里。在页面或用 `manage.py model` 添加的模型排在它们后面"
        ),
        en=(
            "models, comma separated, the first is the default: `builtin` (the built-in "
            "model), `scripted` (a demonstration), the path of a `.gguf` file or a Hugging "
            "Face folder, an offered model (`qwen3-4b` and so on, see `manage.py model list "
            "--all`), a hub's id `Qwen/Qwen2.5-0.5B-Instruct`, a provider's model "
            "`deepseek/deepseek-chat`, `ollama/NAME` or `ollama/NAME@http://host:11434`, or "
            "any compatible server `http://127.0.0.1:8001/v1#NAME`. Keys are read from "
            "`DEEPSEEK_API_KEY`, `OPENAI_API_KEY` and so on. Models added in the page or by "
            "`manage.py model` come after them"
        ),
    )
    device: str = word(
        Kind.DEVICE,
        "auto",
        zh="模型目录用哪个设备：`auto`、`cpu`、`cuda`、`cuda:1`、`mps`",
        en="device for Hugging Face folders: `auto`, `cpu`, `cuda`, `cuda:1` or `mps`",
    )
    dtype: str = choice(
        "auto",
        ("auto", "float32", "bfloat16", "float16"),
        zh="模型目录的精度：`auto`、`float32`、`bfloat16`、`float16`；`auto` 用模型自己的",
        en=(
            "precision of Hugging Face folders: `auto` takes the model's own, or `float32`, "
            "`bfloat16`, `float16`"
        ),
    )
    trust_remote_code: tuple[str, ...] = listed(
        Kind.NAMES,
        (),
        zh="允许运行自带代码的模型目录名，逗号分隔；只写信任的",
        en="folder names of models whose own code may run, comma separated; only those trusted",
    )
    model_folders: tuple[str, ...] = listed(
        Kind.NAMES,
        (),
        zh=(
            "还在哪些文件夹里找模型，逗号分隔；Ollama、LM Studio、GPT4All、Hugging Face 和 "
            "ModelScope 的文件夹总会去找。找到的只列出来，不会自动使用"
        ),
        en=(
            "more folders in which models are looked for, comma separated; those of Ollama, LM "
            "Studio, GPT4All, Hugging Face and ModelScope always are. What is found is listed, "
            "never used unasked"
        ),
    )
    threads: int = number(
        0,
        0,
        1024,
        zh="本地模型的线程数，0 为自动",
        en="threads of a local model, 0 leaves it to llama.cpp or torch",
    )
    slots: int = number(
        8,
        1,
        256,
        zh="一个本地模型同时回答几个人，其余排队",
        en="runs a local model works on at once; others wait",
    )
    model_memory_mb: int = number(
        0,
        0,
        16_777_216,
        zh=(
            "所有已加载的本地模型一共最多占多少 MB 内存，0 为按空闲内存；放不下时先卸载最久没用"
            "的，正在回答的不卸载"
        ),
        en=(
            "megabytes that all loaded local models may take together, 0 for what is free; "
            "where they do not fit, the one unused for longest is unloaded, never one that "
            "answers"
        ),
    )
