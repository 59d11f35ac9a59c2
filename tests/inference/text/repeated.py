"""Texts that repeat themselves: those that never would have ended, and those that were wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

_LOOPS = Path(__file__).parent / "loops"
"""What small models said until they were stopped: SmolLM2-135M, and in the files
`qwen_…` and `zh_slot`, `zh_numbered_paragraph` Qwen2.5-Coder-0.5B.
"""
_PARAGRAPH = (
    "The model is small and does not know when to end, so it says the same thing once more. "
    "It has a second sentence as well, which is about as long as the first one was.\n\n"
)


def _numbered(template: str, first: int, last: int) -> str:
    return "".join(template.format(number) for number in range(first, last + 1))


def _recorded() -> Iterator[tuple[str, str]]:
    for file in sorted(_LOOPS.glob("*.txt")):
        yield file.stem, file.read_text(encoding="utf-8")


WITH_GAPS = ("zh_slot", "zh_numbered_paragraph")
"""Loops in which a word changes."""

LOOPS: dict[str, str] = {
    **dict(_recorded()),
    "one character": "好" + "的" * 2000,
    "two characters": "哈哈" + "好的" * 1000,
    "one word": "I am very " + "very " * 400,
    "dots": "Well" + "." * 2000,
    "an emoji": "Good " + "🌞" * 1000,
    "blank lines": "好的。" + "\n" * 1000,
    "blanks": "def f():" + " " * 2000,
    "an English sentence": "Hello. " + "I am a large language model. " * 90,
    "a Chinese sentence": "你好。" + "我是一个人工智能助手，可以帮助你。" * 60,
    "English lines": "Rules:\n" + "Do not use the phone.\n" * 200,
    "Chinese lines": "守则：\n" + "员工应当遵守公司的规定。\n" * 200,
    "a paragraph": "Yes.\n\n" + _PARAGRAPH * 30,
    "Chinese articles": _numbered("第{}条：员工应当遵守公司的各项规定。\n", 1, 200),
    "Chinese numerals": _numbered("第{}条：员工应当遵守公司的各项规定。\n", 1, 200).translate(
        str.maketrans("0123456789", "零一二三四五六七八九")
    ),
    "numbered lines": _numbered("{}. Always check the quality of the product.\n", 1, 300),
    "numbered headings": _numbered("### Step {}\n\nRepeat the step before this one.\n\n", 1, 300),
    "table rows": "| a | b |\n|---|---|\n" + "| 0 | 无 |\n" * 500,
    "printed lines": "```python\n" + 'print("Hello, world!")\n' * 400,
    "a function": "```python\n" + "def add(a, b):\n    return a + b\n\n\n" * 200,
    "dates": "日期：" + "2022-01-24 " * 200,
}

_MATRIX = "[\n" + "    [0, 0, 0, 0, 0, 0, 0, 0, 0, 0],\n" * 28 + "]\n"
_CHORUS = "Let it be, let it be\nLet it be, let it be\nWhisper words of wisdom, let it be\n\n"
_VERSE = "When {} come to trouble me\nI hear a voice that {}\nAnd in my hour of darkness\n\n"
_CALENDAR = "| 一 | 二 | 三 | 四 | 五 | 六 | 日 |\n|---|---|---|---|---|---|---|\n"

WANTED: dict[str, str] = {
    "equal table rows": "| 节 | 课 |\n|---|---|\n" + "| 上午 | 自习 |\n" * 40,
    "empty table rows": "| a | b | c |\n|---|---|---|\n" + "|  |  |  |\n" * 60,
    "a matrix of zeros": _MATRIX,
    "a matrix of zeros in a code block": f"```python\nzeros = {_MATRIX}```\n",
    "a matrix in LaTeX": "$$\\begin{bmatrix}\n" + "0 & 0 & 0 & 0 & 0 \\\\\n" * 20,
    "printed lines": "```python\n" + 'print("Hello, world!")\n' * 50 + "```\n",
    "printed lines without a fence": 'print("Hello, world!")\n' * 50,
    "numbered assignments": "```python\n" + _numbered("x{} = 0\n", 1, 80) + "```\n",
    "imports": _numbered("from package.module_{0} import Thing{0}\n", 1, 120),
    "style rules": "```css\n"
    + _numbered(".cell:nth-child({}) {{ color: red; margin: 0; }}\n", 1, 40)
    + "```\n",
    "equal objects": "[\n" + '  {"id": 0, "name": "", "email": "", "active": false},\n' * 40 + "]",
    "equal objects of several lines": "[\n"
    + '  {\n    "id": 0,\n    "name": "",\n    "tags": []\n  },\n' * 35
    + "]",
    "a song": "".join(
        _VERSE.format(who, what) + _CHORUS
        for who, what in (("times", "sings"), ("people", "calls"), ("nights", "shines"))
    )
    + _CHORUS * 3,
    "syllables of a song": "Hey Jude\n" + "Na na na na na na na, na na na na, hey Jude\n" * 18,
    "numbers one below the other": _numbered("{}\n", 1, 500),
    "numbers in a row": ", ".join(map(str, range(1, 501))),
    "a multiplication table": "".join(
        f"{a} × {b} = {a * b}\n" for a in range(1, 13) for b in range(1, 13)
    ),
    "a multiplication table in words": "".join(
        f"{a} times {b} equals {a * b}\n" for a in range(1, 13) for b in range(1, 13)
    ),
    "zeros": "0, " * 300,
    "a separator": "-" * 500 + "\n" + "=" * 500,
    "laughter": "哈" * 150 + "！" * 30,
    "ascii art": (" " * 30 + "*" * 60 + "\n") * 20,
    "a chessboard": ("# " * 20 + "\n" + " #" * 20 + "\n") * 10,
    "an empty calendar": _CALENDAR + "|  |  |  |  |  |  |  |\n" * 6,
    "days": _numbered("Day {}: 20 push-ups, 20 squats and a walk of half an hour\n", 1, 31),
    "Chinese days": _numbered("第{}天：休息\n", 1, 31),
    "a timetable": "".join(
        f"周{day}\n" + _numbered("{}:00 - 自习\n", 8, 22) for day in "一二三四五"
    ),
    "fifty English lines": "I must not talk in class.\n" * 50,
    "fifty Chinese lines": "我上课不再讲话。\n" * 50,
    "a list with the same ending": "".join(
        f"{n}. {name} is a city in Europe.\n"
        for n, name in enumerate(("Paris", "Rome", "Bonn", "Oslo", "Bern", "Riga") * 10, 1)
    ),
    "doubts": "".join(
        f"Wait, let me check again. {n} times {n} is {n * n}. Wait, let me check again.\n"
        for n in range(12)
    ),
    "a doubt on end": "Wait, let me check again. " * 6,
    "ninety-nine bottles": "".join(
        f"{n} bottles of beer on the wall, {n} bottles of beer.\n"
        f"Take one down and pass it around, {n - 1} bottles of beer on the wall.\n\n"
        for n in range(99, 0, -1)
    ),
}

ASKED: dict[str, tuple[str, str]] = {
    "a hundred English lines": (
        'Write "I must not talk in class." 100 times.',
        "I must not talk in class.\n" * 100,
    ),
    "fifty numbered lines": (
        "Write a numbered list: I must not talk in class, 50 times.",
        _numbered("{}. I must not talk in class.\n", 1, 50),
    ),
    "a hundred Chinese lines": ("把「我上课不再讲话」抄写一百遍", "我上课不再讲话。\n" * 100),
    "a sentence on end": ("say good morning fifty times", "Good morning! " * 50),
}
"""The question, and what it asks for."""
