"""A grammar of llama.cpp's format GBNF, read into rules of plain sequences.

https://github.com/ggml-org/llama.cpp/blob/master/grammars/README.md
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from inference.text.tool_calls.gbnf import literal

_TOKEN = re.compile(
    r"""(?P<literal>"(?:\\.|[^"\\])*") | (?P<set>\[(?:\\.|[^\]\\])*\]) | (?P<name>[\w-]+)"""
    r"""| (?P<count>\{\d+(?:,\d*)?\}) | (?P<sign>[()|*+?])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_WRITTEN = {"n": "\n", "r": "\r", "t": "\t"}
_COUNTS = {"*": (0, None), "+": (1, None), "?": (0, 1)}


@dataclass(frozen=True)
class Terminal:
    """One character: `source` is how GBNF writes it, `pattern` the regular expression for it."""

    source: str
    pattern: str = field(compare=False)

    def allows(self, character: str) -> bool:
        """Whether this is it."""
        return self._compiled.fullmatch(character) is not None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern, re.DOTALL)


Symbol = Terminal | str
"""A character, or the name of a rule."""
Sequence = tuple[Symbol, ...]


class ParsedGrammar:
    """`rules` are the alternatives of each rule; groups and repetitions are rules of their own."""

    def __init__(self, text: str) -> None:
        """Of a rule a line, as this package writes them: no comments, no rule over two lines."""
        self.rules: dict[str, tuple[Sequence, ...]] = {}
        for line in text.splitlines():
            name, _, expression = line.partition("::=")
            if expression:
                tokens = list(_TOKEN.finditer(expression))
                self.rules[name.strip()] = self._alternatives(tokens)

    def __str__(self) -> str:
        return "".join(f"{name} ::= {_written(each)}\n" for name, each in self.rules.items())

    def _alternatives(self, tokens: list[re.Match[str]]) -> tuple[Sequence, ...]:
        """Takes the tokens up to the end of the group."""
        found: list[Sequence] = []
        sequence: list[Symbol] = []
        last: Sequence = ()
        while tokens and tokens[0][0] != ")":
            token = tokens.pop(0)
            if token[0] == "|":
                found.append((*sequence, *last))
                sequence, last = [], ()
            elif token["count"] or token[0] in _COUNTS:
                last = self._repeated(last, *_count(token[0]))
            else:
                sequence += last
                last = self._item(token, tokens)
        return (*found, (*sequence, *last))

    def _item(self, token: re.Match[str], tokens: list[re.Match[str]]) -> Sequence:
        if token["literal"]:
            return tuple(_characters(token[0][1:-1]))
        if token["set"]:
            return (Terminal(token[0], token[0]),)
        if token["name"]:
            return (token[0],)
        group = self._named(self._alternatives(tokens))
        tokens.pop(0)
        return (group,)

    def _repeated(self, item: Sequence, least: int, most: int | None) -> Sequence:
        once = item if len(item) == 1 else (self._named((item,)),)
        if most is None:
            name = self._named(())
            self.rules[name] = ((*once, name), ())
            return (*once * least, name)
        rest: Sequence = ()
        for _ in range(most - least):
            rest = (self._named(((*once, *rest), ())),)
        return (*once * least, *rest)

    def _named(self, alternatives: tuple[Sequence, ...]) -> str:
        name = f"part-{len(self.rules)}"
        self.rules[name] = alternatives
        return name


def _count(sign: str) -> tuple[int, int | None]:
    if sign in _COUNTS:
        return _COUNTS[sign]
    least, comma, most = sign[1:-1].partition(",")
    if not comma:
        return int(least), int(least)
    return int(least), int(most) if most else None


def _characters(escaped: str) -> Iterator[Terminal]:
    text = _ESCAPE.sub(
        lambda found: chr(int(found[1], 16)) if found[1] else _WRITTEN.get(found[2], found[2]),
        escaped,
    )
    for character in text:
        yield Terminal(literal(character), re.escape(character))


def _written(alternatives: tuple[Sequence, ...]) -> str:
    return " | ".join(
        " ".join(s.source if isinstance(s, Terminal) else s for s in each) or '""'
        for each in alternatives
    )
