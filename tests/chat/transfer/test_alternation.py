"""For any tree, questions and answers alternate afterwards, and no text is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from chat.transfer.alternation import OPENING, Joined, alternate
from chat.transfer.outline import Outline


def _outline(key: str, role: str, parent: str | None) -> Outline:
    return Outline(key, "user" if role == "u" else "assistant", parent, None, 0, len(key))


def _text(message: Joined) -> str:
    """The text of every message is its own id."""
    return "\n\n".join(one.id for one in message.row.messages()) if message.row else OPENING


def _tree(*rows: tuple[str, str, str | None]) -> dict[str, tuple[str | None, str]]:
    made = alternate([_outline(*row) for row in rows])
    return {message.id: (message.parent, _text(message)) for message in made}


def test_an_alternating_tree_stays_as_it_is() -> None:
    rows = [("1", "u", None), ("2", "a", "1"), ("3", "a", "1")]
    assert _tree(*rows) == {key: (parent, key) for key, _, parent in rows}


def test_messages_of_one_role_in_a_row_are_joined() -> None:
    made = _tree(("1", "u", None), ("2", "a", "1"), ("3", "a", "2"), ("4", "u", "3"))
    assert made == {"1": (None, "1"), "3": ("1", "2\n\n3"), "4": ("3", "4")}


def test_a_branch_in_the_middle_of_a_row_keeps_both() -> None:
    made = _tree(("1", "u", None), ("2", "a", "1"), ("3", "a", "2"), ("4", "u", "2"))
    assert made == {"1": (None, "1"), "2": ("1", "2"), "3": ("1", "2\n\n3"), "4": ("2", "4")}


def test_an_answer_at_the_beginning_gets_a_question() -> None:
    assert _tree(("1", "a", None)) == {"1-opening": (None, OPENING), "1": ("1-opening", "1")}


def test_the_id_of_an_opening_is_not_one_of_the_file() -> None:
    made = _tree(("1", "a", None), ("1-opening", "u", "1"))
    assert made["1"] == ("1-opening-2", "1")
    assert made["1-opening"] == ("1", "1-opening")


@some.composite
def _trees(draw: some.DrawFn) -> list[Outline]:
    size = draw(some.integers(1, 20))
    return [
        _outline(
            f"<{n}>",
            draw(some.sampled_from("ua")),
            draw(some.sampled_from([None, *(f"<{m}>" for m in range(n))])),
        )
        for n in range(size)
    ]


@given(_trees())
def test_roles_alternate_parents_come_first_and_no_word_is_lost(
    tree: list[Outline],
) -> None:
    made = alternate(tree)
    roles: dict[str | None, str] = {None: "assistant"}
    for message in made:
        assert roles[message.parent] != message.role
        roles[message.id] = message.role
    text = " ".join(_text(message) for message in made)
    assert all(message.id in text for message in tree)


def test_a_very_long_row_is_no_recursion() -> None:
    rows = [(str(n), "ua"[n % 2], str(n - 1) if n else None) for n in range(5000)]
    assert len(_tree(*rows)) == 5000


def test_a_long_row_with_branches_takes_memory_by_its_messages() -> None:
    """Joined one at a time, 20,000 of them would take 400 MB."""
    rows = [(f"{n}", "u", str(n - 1) if n else None) for n in range(20_000)]
    branches = [(f"{n}-answer", "a", str(n)) for n in range(20_000)]
    made = alternate([_outline(*row) for row in rows + branches])
    sizes = [message.row.size for message in made if message.row]
    assert len(made) == 40_000
    assert max(sizes) == sum(len(key) for key, _, _ in rows)
