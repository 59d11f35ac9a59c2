"""One way to write tool calls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inference.text.tool_calls.reader import Reader, Reading
from inference.text.tool_calls.tool import Tool


@dataclass(frozen=True, slots=True)
class CallGrammar:
    """The pieces of a grammar, each an expression of GBNF.

    `call` gets a tool and the expression for its arguments. Several calls are written as
    `opening call (between call)* closing`. `arguments` names how arguments are written.
    """

    call: Callable[[Tool, str], str]
    opening: str = '""'
    between: str = '"\\n"'
    closing: str = '""'
    arguments: str = "json"


@dataclass(frozen=True, slots=True)
class CallFormat:
    """How a family of models writes calls.

    A template with all strings of one of `marks` is of this family. `read` reads one block of
    calls, which begins with one of the characters `starts`; with `only_first` it counts only
    where nothing but white space came before. `trigger` is what a block with a call of this tool
    begins with, for a grammar that sets in there.
    """

    name: str
    marks: Sequence[Sequence[str]]
    starts: str
    read: Callable[[Reader], Reading[None]]
    trigger: Callable[[str], str]
    grammar: CallGrammar
    only_first: bool = False
