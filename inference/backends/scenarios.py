"""The answers of the scripted models: their text, their speed, and their end."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from inference.types import Channel, ChatMessage


@dataclass(frozen=True, slots=True)
class Line:
    """`text` is emitted piece by piece on `channel`."""

    channel: Channel
    text: str


Ending = Literal["failure", "crash", "silence"]
Script = Callable[[tuple[ChatMessage, ...]], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named behaviour, with `piece_seconds` between pieces. An answer ends normally, or by
    `ending`: it fails, the model crashes, or it stays silent.
    """

    name: str
    title: str
    script: Script
    piece_seconds: float = 0.02
    ending: Ending | None = None
    english_title: str = ""


def _plain(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    questions = [m.content for m in messages if m.role == "user"]
    yield Line("answer", f"你好！这是脚本模型的回答。你刚才说：「{questions[-1]}」。\n\n")
    yield Line("answer", f"这是第 {len(questions)} 轮。")
    if len(questions) > 1:
        yield Line("answer", f"第一轮你说的是：「{questions[0]}」。")


def _reasoning(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("reasoning", "用户在问一个问题。先想清楚它的意思，")
    yield Line("reasoning", "再看有没有容易弄错的地方，最后给出简短的结论。\n")
    yield Line("reasoning", "Let me check it once more before answering.")
    yield Line("answer", "想好了：**42**。\n\n思考过程折叠在上面，点开就能看到。")


def _slow(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    for number in range(1, 41):
        yield Line("answer", f"第 {number} 句，慢慢说。")


def _error(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "这个回答说到一半就会出错：一、二、三、")


def _crash(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "这个回答说到一半，模型就会崩溃：一、二、三、")


def _silence(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "这个回答说到一半，模型就不再出声：一、二、三、")


def _endless(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    for number in itertools.count(1):
        yield Line("answer", f"{number} 个数字，还没有数完，")


def _loop(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "好的，下面开始介绍。\n\n")
    for _ in itertools.count():
        yield Line("answer", "这句话会一直重复下去，直到模型被停止。")


def _markdown(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", LONG_MARKDOWN)


LONG_MARKDOWN = """\
# 流式 Markdown 演示

**注意：**这是脚本模型写的长回答，用来看页面怎样*一边写一边*显示。
它说**“你好”**，也写 `inline code`。

## 列表 Lists

1. 先打开电脑上的服务
2. 再用手机扫码
   - 同一个热点
   - 或者同一个 Wi-Fi
3. 然后提问

- [x] 流式输出
- [ ] 断线续传

## 代码 Code

```python
import asyncio


async def main() -> None:
    # 每个字都只发送一次
    for word in ("你好", "world"):
        print(word)
        await asyncio.sleep(0.1)


asyncio.run(main())
```

## 表格 Table

| 模型 | 参数 | 速度 |
|:-----|:----:|-----:|
| SmolLM2 | 135M | 97 |
| Qwen2.5 | 0.5B | 41 |
| DeepSeek-R1-Distill | 1.5B | 14 |

## 公式 Math

质能方程 $E = mc^2$，以及求和：

$$
\\sum_{k=1}^{n} k = \\frac{n(n+1)}{2}
$$

> 引用：数据不离开这台电脑。
>
> Nothing leaves this machine.

---

更多内容见 [项目文档](https://example.com/docs)，<button>原样显示的 HTML</button> 不会被执行。
最后一段没有格式，只是普通的文字，到这里结束。
"""

SCENARIOS: dict[str, Scenario] = {
    scenario.name: replace(scenario, english_title=f"Scripted: {english}")
    for english, scenario in (
        ("plain answer", Scenario("plain", "脚本：普通回答", _plain)),
        ("long Markdown", Scenario("markdown", "脚本：长 Markdown", _markdown, 0.01)),
        ("thinks first", Scenario("reasoning", "脚本：先思考再回答", _reasoning, 0.04)),
        ("slow", Scenario("slow", "脚本：慢速", _slow, 0.15)),
        ("fails midway", Scenario("error", "脚本：中途出错", _error, 0.04, "failure")),
        ("crashes midway", Scenario("crash", "脚本：模型崩溃", _crash, 0.04, "crash")),
        ("stalls midway", Scenario("silence", "脚本：模型卡住", _silence, 0.04, "silence")),
        ("never ends", Scenario("endless", "脚本：说个不停", _endless, 0.03)),
        ("repeats itself", Scenario("loop", "脚本：重复自己", _loop, 0.02)),
    )
}
"""`scripted` for all scenarios, `scripted/<scenario>` for one."""
