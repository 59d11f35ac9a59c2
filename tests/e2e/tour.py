"""The conversations of the pictures, and a server that plays them.

The words are ours, written for the pictures; the way they take is the product's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.management import execute_from_command_line

from inference.backends.scenarios import SCENARIOS, Line, Scenario
from inference.types import ChatMessage

QUESTION_ZH = "周末想去爬山，帮我列个清单"
QUESTION_EN = "How do I count the rows of a CSV file in Python?"

_ANSWER_ZH = """\
按**“轻装、保暖、安全”**三条来准备：

1. **穿着**：速干衣、薄外套、防滑鞋
2. **补给**：水 1.5 升、坚果、巧克力
3. **安全**：头灯、创可贴、充电宝

| 时间 | 安排 | 提醒 |
|:-----|:-----|:-----|
| 7:30 | 出发 | 看一眼天气 |
| 10:30 | 登顶休息 | 加件外套 |
| 14:00 | 下山 | 用登山杖 |

体重 $m$ 的人爬升 $h$ 米，至少要消耗

$$
E = mgh
$$

出发前一晚再确认：

- [x] 天气预报
- [ ] 返程的末班车

> 天气变差就返回，山一直在那里。
"""

_ANSWER_EN = """\
Use the `csv` module. Unlike counting lines, it copes with **line breaks inside quotes**:

```python
import csv

with open("data.csv") as file:
    reader = csv.reader(file)
    rows = sum(1 for _ in reader)

print(rows - 1, "below the header")
```

- It reads one row at a time, so memory stays flat: $O(1)$ for $n$ rows.
- For millions of rows, *polars* is faster.

A rough count, from a terminal:

```sh
wc -l data.csv
```
"""


def _zh(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("reasoning", "用户周末去爬山。先想当天往返要带什么，再排个时间表，")
    yield Line("reasoning", "最后提醒安全。清单不能太长，一屏能看完最好。")
    yield Line("answer", _ANSWER_ZH)


def _en(messages: tuple[ChatMessage, ...]) -> Iterable[Line]:
    return [Line("answer", _ANSWER_EN)]


def _thinking(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("reasoning", "设甲每天完成工程的 $1/12$，乙每天完成 $1/15$。两人合作，每天是 ")
    yield Line("reasoning", "$1/12 + 1/15 = 9/60$，也就是 $3/20$。还要先减去甲独做三天的部分，")
    yield Line("reasoning", "剩下四分之三。再验算一遍：")
    for day in range(1, 40):
        yield Line("reasoning", f"第 {day} 天结束时，两人一共完成了 {3 * day}/20；")


def _error(messages: tuple[ChatMessage, ...]) -> Iterator[Line]:
    yield Line("answer", "好的，译文如下：\n\n> Dear Ms Lin, thank you for your letter of")


TOUR = (
    Scenario("tour-zh", "演示模型", _zh, piece_seconds=0.02),
    Scenario("tour-en", "Demo model", _en, piece_seconds=0.01),
    Scenario("tour-thinking", "演示：慢慢想", _thinking, piece_seconds=0.06),
    Scenario("tour-error", "演示：说到一半", _error, ending="failure"),
)

if __name__ == "__main__":
    SCENARIOS.update({scenario.name: scenario for scenario in TOUR})
    execute_from_command_line(["manage.py", "serve"])
