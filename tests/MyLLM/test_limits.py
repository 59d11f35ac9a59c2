"""The limits in one variable, as the guard reads them without Django."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from MyLLM.limits import limit_in, limits_in

NAMES = st.from_regex(r"[a-z]([a-z_]{0,20}[a-z])?", fullmatch=True)
VALUES = st.integers(0, 10**6).map(str)


@given(st.dictionaries(NAMES, VALUES), st.sampled_from([",", ", ", "; ", "，", " ", "\n"]))
def test_what_is_written_is_read(limits: dict[str, str], separator: str) -> None:
    typed = separator.join(f"{name}={value}" for name, value in limits.items())
    assert limits_in({"MYLLM_LIMITS": typed}) == limits


@given(st.text(max_size=40))
def test_any_text_is_read(text: str) -> None:
    assert all(limits_in({"MYLLM_LIMITS": text}))


def test_names_may_be_spelled_as_variables_are() -> None:
    assert limits_in({"MYLLM_LIMITS": '"MYLLM_RESTARTS=3, Queue_Length=8"'}) == {
        "restarts": "3",
        "queue_length": "8",
    }


def test_a_limit_has_two_spellings() -> None:
    new, old = {"MYLLM_LIMITS": "restarts=2"}, {"MYLLM_RESTARTS": "0"}
    assert limit_in(new, "restarts") == "2"
    assert limit_in(old, "restarts") == "0"
    assert limit_in(new | old, "restarts") == "2"
    assert limit_in({}, "restarts") is None
