"""Answers of models to the prompt for a title, and the titles extracted."""

from __future__ import annotations

import pytest

from chat.titling.cleaned import cleaned


@pytest.mark.parametrize(
    ("output", "title"),
    [
        ("周末去哪里玩", "周末去哪里玩"),
        ("《周末计划》", "周末计划"),
        ("“周末计划”。", "周末计划"),
        ("标题：**周末计划**", "周末计划"),
        ("对话标题是：「周末 计划」！", "周末 计划"),
        ("# 周末计划\n\n这是因为…", "周末计划"),
        ("\n\n- `周末计划`\n", "周末计划"),
        ("<think>\n用户要标题\n</think>\n\n周末计划", "周末计划"),
        ("1. Python 入门", "Python 入门"),
        ("使用 C++ 的 std::map", "使用 C++ 的 std::map"),
        (".NET 与 A*算法的区别", ".NET 与 A*算法的区别"),
        ("「论语」与「孟子」", "「论语」与「孟子」"),
        ("周末👨‍👩‍👧出游", "周末👨‍👩‍👧出游"),
    ],
)
def test_a_title_is_freed_of_what_is_around_it(output: str, title: str) -> None:
    assert cleaned(output, "周末去哪里？") == title


@pytest.mark.parametrize(
    ("output", "title"),
    [
        ('Title: "Weekend Plans"', "Weekend Plans"),
        ("The title is: *Weekend Plans*.", "Weekend Plans"),
        ("Sorting snake_case names", "Sorting snake_case names"),
    ],
)
def test_a_title_in_english_likewise(output: str, title: str) -> None:
    assert cleaned(output, "Where to go?") == title


@pytest.mark.parametrize(
    "output",
    [
        "",
        "\n \n",
        "。。。",
        "<think>还在想",
        "好的，这个对话的标题是周末计划",
        "抱歉，我无法概括",
        "周末" * 30,
        "周末可以去公园，因为天气好",
        "你好，有什么可以帮你的吗？",
        "Where should we go on the weekend",
        "\u200b",
    ],
)
def test_what_is_no_title_is_nothing(output: str) -> None:
    assert cleaned(output, "周末去哪里？") == ""


@pytest.mark.parametrize(
    ("output", "question", "title"),
    [
        ("周末计划", "Where to go?", ""),
        ("Where should we go then", "どこへ行きますか", ""),
        ("東京の天気", "東京の天気は？", "東京の天気"),
        ("Quicksort", "用 python 写快速排序", "Quicksort"),
        ("快速排序", "用 python 写 quicksort 快排", "快速排序"),
        ("Погода в Москве", "Какая погода в Москве?", "Погода в Москве"),
        ("One two three four five six seven eight nine ten", "Count to ten", ""),
    ],
)
def test_a_title_is_in_the_language_of_its_question(output: str, question: str, title: str) -> None:
    assert cleaned(output, question) == title
