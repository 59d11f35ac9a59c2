"""How much a model may take, and for how long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from chat.conf.group import Group
from chat.conf.kind import Kind
from chat.conf.setting import flag, number, word


@dataclass(frozen=True)
class ModelLimits:
    """How much a model may take, and for how long."""

    GROUP: ClassVar[Group] = Group.LIMITS

    kv_tokens: int = number(
        0,
        0,
        16_777_216,
        zh=(
            "所有同时进行的对话共用的 KV 缓存（词元数），0 为自动：llama.cpp 模型用它自己的上下"
            "文长度，最多 16384，transformers 模型按空闲内存"
        ),
        en=(
            "KV cache shared by all running chats, in tokens; 0: for llama.cpp models their "
            "own context, at most 16384, what free memory allows for transformers models"
        ),
    )
    prompt_cache_mb: int = number(
        0,
        0,
        1_000_000,
        zh=(
            "llama.cpp 为暂时让出位置的对话保留多少 MB 的提示词缓存，0 为模型文件的四分之一（"
            "32 至 512）"
        ),
        en=(
            "megabytes in which llama.cpp keeps the prompts of conversations whose slot was "
            "given to another, 0 for a quarter of the model's file, 32 to 512"
        ),
    )
    unload_minutes: int = number(
        30,
        0,
        525_600,
        zh="默认模型以外的本地模型多少分钟没有人用就卸载，0 为从不",
        en=(
            "minutes after which a local model that nobody used is unloaded, but for the "
            "default; 0: never"
        ),
    )
    yield_seconds: int = number(
        60,
        1,
        86_400,
        zh="有人等另一个模型的内存这么多秒后，占着内存的模型写完手上的回答就让位，不再接新的",
        en=(
            "seconds after which a busy model admits no more runs, because another one has "
            "waited for its memory"
        ),
    )
    ollama_keep_alive: str = word(
        Kind.KEEP_ALIVE,
        "",
        zh="回答之后 Ollama 把模型留在内存里多久：`30m`、秒数，`-1` 为一直；空着由 Ollama 决定",
        en=(
            "how long Ollama keeps a model in memory after an answer: `30m`, seconds, `-1` for "
            "ever; empty leaves it to Ollama"
        ),
    )
    provider_slots: int = number(
        8,
        1,
        1024,
        zh="一个联网模型同时回答几个人，其余排队",
        en="runs one remote model writes at once; others wait",
    )
    provider_timeout_seconds: int = number(
        60,
        1,
        3600,
        zh="联网模型的服务商这么多秒没有任何回应，就结束这次回答；思考时不输出内容的模型可以调大",
        en=(
            "seconds without any sign of a provider after which an answer ends; raise it for "
            "models that think without a word"
        ),
    )
    stop_repetition: bool = flag(
        default=True,
        zh="模型开始没完没了地重复自己时自动停止；`0`：不停",
        en="ends an answer once the model repeats itself without end; `0` lets it go on",
    )
    restarts: int = number(
        5,
        0,
        1000,
        zh="模型崩溃或卡住后自动重新加载几次（隔 1、5、30 秒），之后等下一条消息再试；`0` 为从不",
        en=(
            "times a model that crashed or hangs is loaded again by itself (after 1, 5, then "
            "30 s); after that the next message tries again; `0`: never"
        ),
    )
    restart_minutes: int = number(
        10,
        1,
        10_080,
        zh="上面的次数按最近多少分钟计算",
        en="the minutes within which those are counted",
    )
    stall_seconds: int = number(
        300,
        0,
        86_400,
        zh="有回答在进行而模型这么多秒没有完成任何一步，就当它卡住了；`0` 为不检查",
        en=(
            "seconds without a single step of the model, while answers wait for one, after "
            "which it counts as hanging; `0` never does"
        ),
    )
