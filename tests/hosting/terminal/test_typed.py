"""Values as they are typed, in cmd and elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hosting.terminal.typed import tidy, tidy_environment, tidy_list

plain = st.text(st.characters(codec="utf-8", exclude_characters="\"'“”‘’#\0"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://hf-mirror.com  # comment", "https://hf-mirror.com"),
        (r'"C:\Users\me\my models\x.gguf"', r"C:\Users\me\my models\x.gguf"),
        (r"'C:\models\x.gguf'  # mine", r"C:\models\x.gguf"),
        (r'"C:\a # b\x.gguf" # the # one', r"C:\a # b\x.gguf"),
        ('C:\\models"', "C:\\models"),
        ('"C:\\models\\"', "C:\\models\\"),
        ('"C:\\models', "C:\\models"),
        ("“/models/x.gguf”", "/models/x.gguf"),
        ("/home/me/it's here", "/home/me/it's here"),
        ("8000\t# the port", "8000"),
        ("# nothing", ""),
        ("https://a.example/#part", "https://a.example/#part"),
        ('"a","b"', '"a","b"'),
    ],
)
def test_quotes_and_comments_do_not_count(typed: str, meant: str) -> None:
    assert tidy(typed) == meant


@given(plain)
def test_what_has_neither_is_only_stripped(value: str) -> None:
    assert tidy(value) == value.strip()


@given(plain, st.sampled_from("\"'"), st.sampled_from(["", " # c", "  #", "\t# a 'b'"]))
def test_a_pair_of_quotes_gives_back_what_is_in_it(value: str, quote: str, end: str) -> None:
    assert tidy(f"{quote}{value}{quote}{end}") == value.strip()


def test_a_list_has_its_items_tidied() -> None:
    typed = '"C:\\a b\\x.gguf", \'builtin\' ,C:\\models"  # two, or three'
    assert tidy_list(typed) == [r"C:\a b\x.gguf", "builtin", r"C:\models"]


def test_free_text_and_other_programs_variables_are_left_alone() -> None:
    environ = {
        "MYLLM_SYSTEM_PROMPT": '"Be brief."  # always',
        "MYLLM_SECRET_KEY": "'a # b'",
        "DATABASE_URL": "postgresql://me:'# x'@host/name # y",
        "PATH": '"/bin"',
    }
    before = dict(environ)
    tidy_environment(environ)
    assert environ == before


def test_the_rest_is_tidy_for_later_readers() -> None:
    environ = {
        "MYLLM_RESPAWNS": "5 # times",
        "MYLLM_MODELS": '"C:\\a\\", builtin',
        "HF_ENDPOINT": '"https://hf-mirror.com"',
        "MYLLM_DATA_DIR": '"/data # mine"',
    }
    tidy_environment(environ)
    assert environ == {
        "MYLLM_RESPAWNS": "5",
        "MYLLM_MODELS": "C:\\a\\,builtin",
        "HF_ENDPOINT": "https://hf-mirror.com",
        # Without its quotes a second reading would cut it.
        "MYLLM_DATA_DIR": '"/data # mine"',
    }


def test_a_folder_of_exactly_this_name_is_what_is_meant(tmp_path: Path) -> None:
    folder = tmp_path / "models # mine"
    folder.mkdir()
    environ = {"MYLLM_DATA_DIR": str(folder)}
    tidy_environment(environ)
    assert environ["MYLLM_DATA_DIR"] == str(folder)
    assert tidy_list(str(folder)) == [str(folder)]
