"""Blocks that a message leaves open end with the message."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chat.transfer.closed_markdown import closed
from chat.transfer.markdown import render
from chat.transfer.portable import PortableConversation, PortableMessage

HEADING = ["heading_open", "inline", "heading_close"]
NEXT = "\n\n## NEXT\n\n- tail\n"


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        ("```python\nx = 1", "\n```"),
        ("````markdown\n```bash\nls\n```\n", "\n````"),
        ("```markdown\n```bash\nls\n```\n```", "\n```"),
        ("~~~~\n```", "\n~~~~"),
        ("  ```\nx", "\n  ```"),
        ("1. 步骤\n\n   ```sh\n   ls", "\n   ```"),
        ("- a\n  - ```sh\n    ls", "\n    ```"),
        ("> 引用\n> ```sh\n> ls", "\n> ```"),
        ("> - ```sh\n>   ls", "\n>   ```"),
        ("<details>\n<summary>看</summary>\n\n```py\nx", "\n```\n\n</details>"),
        ("<div><table>\n<tr><td>x", "\n\n</table></div>"),
        ("公式\n\n$$\nE = mc^2", "\n$$"),
        ("\\[\nx\n\nz", "\n\\]"),
        ("<!-- 没有写完\n\n还有", "\n-->"),
        ("<pre>\nx\n\ny", "\n</pre>"),
        ("<script>\nx", "\n</script>"),
    ],
)
def test_what_is_open_is_closed(text: str, closing: str) -> None:
    assert closed(text) == text + closing
    assert closed(closed(text)) == closed(text)


@pytest.mark.parametrize(
    "text",
    [
        "普通文字",
        "```\nx\n```",
        "```\nx\n`````   ",
        "- ```\n  x\n\n后面",
        "> ```\n> x\n\n后面",
        "    ```\n    缩进的代码",
        "行内 ```x``` 和 `<div>`",
        "$$x$$",
        "$$\nx\n$$",
        "这里有 $$ 变量",
        "<!-- x -->",
        "<details>\n\nx\n\n</details>",
        "<br>\n<img src=x>\nList<String> 和 <think>",
        "```html\n<details>\n<!--\n$$\n```",
        "",
    ],
)
def test_what_is_closed_stays_as_it_is(text: str) -> None:
    assert closed(text) == text


# Formulas are no part of CommonMark, for which a lone `$$` is a paragraph.
LINES = [
    *["```", "```py", "````", "~~~", "~~~~ x", "  ```", "    ```", "- ```", "> ```", "> - ```py"],
    *[
        "1. x",
        "   y",
        "   ```",
        "> x",
        "",
        "",
        "<!-- x",
        "-->",
        "<pre>",
        "</pre>",
        "<script>",
        "<?x",
    ],
    *["<details>", "</details>", "<div>", "- a", "  - ~~~", "    x", "text", "---", "<!X"],
]


@given(st.lists(st.sampled_from(LINES), max_size=12))
def test_the_next_turn_is_a_heading_for_commonmark(lines: list[str]) -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    tokens = parser.parse(closed("\n".join(lines)) + NEXT)
    assert [one.type for one in tokens[-10:-6]] == [*HEADING, "bullet_list_open"]
    assert (tokens[-10].level, tokens[-9].content) == (0, "NEXT")


def _export(*messages: tuple[str, str]) -> str:
    parent, exported = None, []
    for number, (role, content) in enumerate(messages):
        key = f"{number}"
        exported.append(PortableMessage(key, role, content, parent, reasoning="想\n```\nx"))  # type: ignore[arg-type]
        parent = key
    return render(PortableConversation("c", "a <b> c", leaf=parent, messages=exported), "zh")


def test_a_turn_of_an_export_is_not_changed_by_those_before_it() -> None:
    parser = pytest.importorskip("markdown_it").MarkdownIt("commonmark")
    text = _export(("user", "~~~\n问"), ("assistant", "```py\nx = 1"), ("user", "再问"))
    tokens = parser.parse(text)
    inline = [one.content for one in tokens if one.type == "inline"]
    assert inline == [r"a \<b> c", "我", "想", "助手", "想", "我", "想", "再问"]
