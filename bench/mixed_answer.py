"""An answer with everything people get: 14,500 characters of Markdown in 1,009 deltas."""

from __future__ import annotations

import random
from collections.abc import Iterator

DELTAS = 1009
LENGTH = 14_500
"""Characters: some 5,400 tokens, being half Chinese, with code and formulas."""

_TOPICS = ("二分查找", "Heap sort", "动态规划", "Gradient descent", "哈希表", "Fourier series")
_PROSE = (
    "先说结论：**复杂度**由最内层的循环决定，其余只是常数；*不要*凭感觉优化，先测量再动手。",
    "The invariant holds before and after every turn: what lies left of `low` is smaller than "
    "the wanted value, what lies right of `high` is not.",
    "**注意：**边界条件最容易出错，参见 [维基百科](https://zh.wikipedia.org/wiki/算法)，"
    "其中 $T(n) = 2T(n/2) + O(n)$ 给出 $O(n \\log n)$。",
)
_LISTS = (
    "1. 选定不变式，例如 $a_i \\le x$\n   - 写成断言\n   - 用*小例子*验证\n"
    "2. **证明：**每一轮都保持它\n3. 由终止条件得到结果\n",
    "- Read the input once, in order\n- Keep what is needed, drop the rest\n  - a counter\n"
    "  - the best so far, as `best`\n- [x] handles the empty list\n- [ ] handles overflow\n",
)
_TABLE = (
    "| 方法 | 时间 | 空间 | 说明 |\n|:-----|:----:|-----:|------|\n"
    "| 暴力 | $O(n^2)$ | $O(1)$ | 只适合 **小** 输入 |\n"
    "| 排序 | $O(n \\log n)$ | $O(n)$ | 稳定 |\n| 哈希 | $O(n)$ | $O(n)$ | 见 `dict` |\n"
)
_CODES = (
    "```python\ndef lower_bound(values: list[int], wanted: int) -> int:\n"
    '    """The first place at which `wanted` could stand."""\n'
    "    low, high = 0, len(values)\n    while low < high:\n        middle = (low + high) // 2\n"
    "        if values[middle] < wanted:\n            low = middle + 1\n        else:\n"
    "            high = middle  # 保持不变式\n    return low\n```\n",
    "```typescript\nexport function debounce(act: () => void, ms: number): () => void {\n"
    "  let timer: ReturnType<typeof setTimeout> | undefined\n  return () => {\n"
    "    clearTimeout(timer)\n    timer = setTimeout(act, ms)\n  }\n}\n```\n",
)
_FORMULAS = (
    "$$\nf(x) = \\frac{a_0}{2} + \\sum_{n=1}^{\\infty} "
    "\\left( a_n \\cos nx + b_n \\sin nx \\right)\n$$\n",
    "\\[\n\\nabla L(\\theta) = \\frac{1}{m} \\sum_{i=1}^{m} (h_\\theta(x_i) - y_i)\\, x_i\n\\]\n",
)
_QUOTE = "> 过早的优化是万恶之源。\n> 但也别放过**那百分之三**。\n"


def answer() -> str:
    """The same text every time."""
    return "\n".join(_sections())[:LENGTH]


def deltas(text: str, count: int = DELTAS) -> list[str]:
    """`text` cut at so many places but one, as unevenly as a model's pieces are."""
    draw = random.Random(5)  # noqa: S311  # the same cuts every time
    cuts = sorted(draw.sample(range(1, len(text)), count - 1))
    return [text[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]


def _sections() -> Iterator[str]:
    length = 0
    number = 0
    while length < LENGTH:
        section = "\n".join(_section(number))
        yield section
        length += len(section)
        number += 1


def _section(number: int) -> Iterator[str]:
    """No two alike, and every kind of block in each."""
    topic = _TOPICS[number % len(_TOPICS)]
    yield f"## {number + 1}. {topic}\n"
    yield f"{_PROSE[number % 3]}\n\n{_PROSE[(number + 1) % 3]}\n"
    yield _LISTS[number % 2]
    yield f"### {number + 1}.1 比较 {topic}\n"
    yield _TABLE
    yield _CODES[number % 2]
    yield _FORMULAS[number % 2]
    yield _QUOTE
