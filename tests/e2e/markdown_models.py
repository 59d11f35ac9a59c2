"""Models that write what a Markdown view has to cope with, and a server that plays them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from django.core.management import execute_from_command_line

from inference.backends.scenarios import SCENARIOS, Line, Scenario
from inference.types import ChatMessage

_CLIENT = Path(__file__).resolve().parents[2] / "client-uniapp"
HOSTILE: list[dict[str, str]] = json.loads(
    (_CLIENT / "src" / "markdown" / "hostile.json").read_text(encoding="utf-8")
)

_DIAGRAMS = """\
先看流程：

```mermaid
flowchart TD
  A[收到消息] --> B{模型空闲？}
  B -->|是| C[开始回答]
  B -->|否| D[排队] --> C
```

再看时序：

```mermaid
sequenceDiagram
  手机->>服务器: 发送消息
  服务器-->>手机: 逐字回答
```

思维导图：

```mermaid
mindmap
  root((周末))
    爬山
      早起
    在家
      看书
```

这张写错了：

```mermaid
flowchart TD
  A[没有写完 -->
```

```python
print("a long line of code " + "that goes on and on " + "until it leaves the screen far behind")
```
"""

_NOTES = """\
天空是蓝的[^1]，海也是[^sea]。根号是 $\\sqrt{2}$，**注意：**正则 `[^a]` 与 [^a] 不是脚注。

- [x] 已完成
  1. 先做
     - 再做
- [ ] 待办

[^1]: 瑞利散射，见 [说明](https://example.com)。

[^sea]: 海面**反射**天空。

    纯水本身也略带蓝色。
"""


_WRITTEN = """\
能量 $E=mc^2$ 守恒，水是 H<sub>2</sub>O。

$$
a^2 + b^2

= c^2
$$

<details>
<summary>看**答案**</summary>

四十二，按 <kbd>Ctrl</kbd>。

</details>

1. مرحبا بالعالم
3. شغّل `pip install x`

```python
print(1)
```
"""


def _hostile(messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
    return [Line("answer", f"### {case['name']}\n\n{case['markdown']}\n\n") for case in HOSTILE]


def _diagrams(messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
    return [Line("answer", _DIAGRAMS)]


def _notes(messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
    return [Line("answer", _NOTES)]


def _written(messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
    return [Line("answer", _WRITTEN)]


MODELS = (
    Scenario("hostile", "不怀好意", _hostile, piece_seconds=0.0005),
    Scenario("diagrams", "画图", _diagrams, piece_seconds=0.004),
    Scenario("notes", "脚注", _notes, piece_seconds=0.004),
    Scenario("written", "写作", _written, piece_seconds=0.004),
)

if __name__ == "__main__":
    SCENARIOS.update({model.name: model for model in MODELS})
    execute_from_command_line(["manage.py", "serve"])
