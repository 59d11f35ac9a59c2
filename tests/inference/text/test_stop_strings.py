"""Never half a stop string, and nothing held back that cannot become one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.text.stop_strings import StopStrings


def _through(stops: list[str], pieces: list[str]) -> tuple[str, bool]:
    held = StopStrings(stops)
    shown = ""
    for piece in pieces:
        decoded = held.push(piece)
        shown += decoded.text
        if decoded.stopped:
            return shown, True
    return shown + held.flush(), False


letters = st.text("ab。", max_size=12)


@given(st.lists(letters, max_size=6), st.lists(st.text("ab。", min_size=1, max_size=3), max_size=3))
def test_what_is_shown_is_the_text_up_to_the_first_stop(
    pieces: list[str], stops: list[str]
) -> None:
    shown, stopped = _through(stops, pieces)
    text = "".join(pieces)
    assert text.startswith(shown)
    assert stopped == any(stop in text for stop in stops)
    assert not any(stop in shown for stop in stops)
    if not stopped:
        assert shown == text


@given(letters, st.lists(st.text("ab。", min_size=1, max_size=4), max_size=3))
def test_it_does_not_matter_in_which_pieces_the_text_comes(text: str, stops: list[str]) -> None:
    assert _through(stops, [text]) == _through(stops, list(text))
