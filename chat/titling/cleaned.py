"""Extracts the title from a model's answer."""

from __future__ import annotations

import re
from itertools import islice

from chat.text.graphemes import graphemes
from chat.text.names import on_one_line
from chat.titling.wording import is_chinese

_CHINESE = 24
_LONGEST = 60
_WORDS = 9
"""Longer texts are answers, not titles: grapheme clusters of Chinese ones and of others, words."""
_NAME = 3
"""Words in Latin letters that may be a title in another script: Python, Visual Studio."""
_CLAUSES = re.compile("[，。！？；]")
_THOUGHTS = re.compile(r"<think>.*?(?:</think>|$)", re.DOTALL)
_LABEL = re.compile(
    r"^(?:(?:对话|会话|本次对话的?)?(?:标题|题目|主题)(?:是|为)?|(?:the )?(?:title|topic)(?: is)?)"
    r"\s*[:：]\s*",
    re.IGNORECASE,
)
_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-+*>]\s+|\d{1,2}[.)]\s+)+|`|\*\*|~~|(?<!\w)[*_]|[*_](?!\w)")
_BEGINNINGS = " \t。．!！?？…,，、;；:：~—-"
_ENDS = " \t。．.!！?？…,，、;；:：~—-"
_PAIRS = ("「」", "『』", "《》", "“”", "‘’", "【】", '""', "''", "()", "（）", "[]")
_REFUSALS = re.compile(
    r"^(?:抱歉|对不起|很抱歉|我(?:无法|不能|是一)|作为|好的|当然|sorry|i'm |i am |i can|as an ai|"
    r"here is|here's|sure\b|certainly)",
    re.IGNORECASE,
)


def cleaned(text: str, question: str) -> str:
    """The title on one line, without labels, quotation marks, Markdown and punctuation at its end.
    Empty if it is not a title: a sentence, a refusal, another language than the question's.
    """
    lines = _THOUGHTS.sub("", text).strip().splitlines()
    title = _bare(on_one_line(lines[0])) if lines else ""
    return title if _is_title(title, question) else ""


def _bare(line: str) -> str:
    """The line without labels and marks, which are removed until none is left."""
    while True:
        bare = _LABEL.sub("", _MARKS.sub("", line).strip()).lstrip(_BEGINNINGS).rstrip(_ENDS)
        bare = next((bare[1:-1] for pair in _PAIRS if _is_within(bare, pair)), bare)
        if bare == line:
            return bare
        line = bare


def _is_within(text: str, pair: str) -> bool:
    is_pair = len(text) > 2 and text[0] == pair[0] and text[-1] == pair[-1]
    return is_pair and not any(mark in text[1:-1] for mark in pair)


def _is_title(title: str, question: str) -> bool:
    if not any(character.isalnum() for character in title) or _REFUSALS.match(title):
        return False
    if is_chinese(title):
        is_same = is_chinese(question) or _is_foreign(question)
        return is_same and _is_short(title, _CHINESE) and not _CLAUSES.search(title)
    words = len(title.split())
    is_same = not _is_foreign(question) or _is_foreign(title) or words <= _NAME
    return is_same and words <= _WORDS and _is_short(title, _LONGEST)


def _is_short(title: str, clusters: int) -> bool:
    return len(list(islice(graphemes(title), clusters + 1))) <= clusters


def _is_foreign(text: str) -> bool:
    """Whether most of its letters are not English."""
    letters = [character for character in text if character.isalpha()]
    return sum(not character.isascii() for character in letters) * 3 > len(letters)
