import pytest

from chat.terminal.refusal import Refusal
from hosting.sources.candidates import Candidates, choose

PUBLIC = ("https://a.example/simple", "https://b.example/simple")


def chosen(setting: str = "", configured: str = "") -> Candidates:
    return choose("X", {"X": setting}, configured, PUBLIC)


def test_without_settings_the_public_ones_are_equal() -> None:
    assert chosen() == Candidates("X", PUBLIC)


def test_what_is_configured_comes_alone_and_the_public_ones_after_it() -> None:
    assert chosen(configured="http://own/simple") == Candidates("X", ("http://own/simple",), PUBLIC)


def test_a_public_one_that_is_configured_is_listed_once() -> None:
    own = "https://b.example/simple/"
    assert chosen(configured=own).all == (own, "https://a.example/simple")


def test_the_setting_names_all_there_are() -> None:
    found = chosen(" http://x/simple, ,file:///wheels,http://x/simple", "http://own/simple")
    assert found == Candidates("X", ("http://x/simple", "file:///wheels"))


@pytest.mark.parametrize("wrong", ["nonsense", "ftp://x/simple", "http://me:secret@[x/simple"])
def test_something_else_is_refused_without_its_password(wrong: str) -> None:
    with pytest.raises(Refusal, match="X") as caught:
        chosen(f"http://x/simple,{wrong}")
    assert "secret" not in str(caught.value)
    assert caught.value.exit_code == 2
