"""What a grammar still allows after the beginning of a text.

llama.cpp begins a grammar anew with each completion, also with one that continues a text.
"""

from __future__ import annotations

from collections.abc import Iterable

from inference.text.parsed_grammar import ParsedGrammar, Sequence, Terminal

_ROOT = "root"


def rest_of(grammar: str, beginning: str) -> str | None:
    """The grammar, in GBNF as well, of the texts that go on with `beginning` to one that `grammar`
    allows; None where there is none. `grammar` is not left-recursive.
    """
    if not beginning:
        return grammar
    parsed = ParsedGrammar(grammar)
    states = _at_terminals(parsed, [(_ROOT,)])
    for character in beginning:
        followed = [s[1:] for s in states if s and _allows(s, character)]
        states = _at_terminals(parsed, followed)
    if not states:
        return None
    # The old root may be referred to.
    parsed.rules["beginning"] = parsed.rules.pop(_ROOT)
    renamed = {name: tuple(map(_renamed, each)) for name, each in parsed.rules.items()}
    parsed.rules = {_ROOT: tuple(map(_renamed, states)), **renamed}
    return str(parsed)


def _at_terminals(parsed: ParsedGrammar, states: Iterable[Sequence]) -> list[Sequence]:
    """What is left to be matched, by each way of reading what came before; each begins with a
    character, or is empty where the text may end.
    """
    found: list[Sequence] = []
    seen: set[Sequence] = set()
    waiting = list(states)
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        if not state or isinstance(state[0], Terminal):
            found.append(state)
        else:
            waiting += [(*each, *state[1:]) for each in parsed.rules[state[0]]]
    return found


def _allows(state: Sequence, character: str) -> bool:
    return isinstance(state[0], Terminal) and state[0].allows(character)


def _renamed(sequence: Sequence) -> Sequence:
    return tuple("beginning" if symbol == _ROOT else symbol for symbol in sequence)
