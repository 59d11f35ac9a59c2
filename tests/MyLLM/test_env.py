"""Settings out of the environment: a wrong value names itself."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from hosting.sources.indexes import pip_indexes
from MyLLM import env


@pytest.mark.parametrize(
    ("value", "meant"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_a_flag_reads_as_yes_or_no(
    monkeypatch: pytest.MonkeyPatch, value: str, meant: bool
) -> None:
    monkeypatch.setenv("X", value)
    assert env.flag("X", default=True) is meant


@pytest.mark.parametrize("value", ["maybe", "2", "真"])
def test_another_flag_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MYLLM_OPEN", value)
    with pytest.raises(ImproperlyConfigured, match="MYLLM_OPEN"):
        env.flag("MYLLM_OPEN", default=False)


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8e3", "八千", "٨", "", "80 80"])
def test_a_number_out_of_range_is_refused_with_the_range(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("MYLLM_PORT", value)
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_PORT.*1 到 65535"):
        env.number("MYLLM_PORT", 8000, 1, 65535)


def test_a_list_has_no_empty_places(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", " a, ,b,")
    assert env.names("X", "") == ("a", "b")


@pytest.mark.parametrize("value", ["gpt-9", ",", "builtin,scripted/nonsense"])
def test_an_unknown_model_is_refused(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MYLLM_MODELS", value)
    with pytest.raises(ImproperlyConfigured, match="MYLLM_MODELS"):
        env.models("MYLLM_MODELS", "builtin")


def test_a_path_to_no_model_is_refused_in_both_languages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MYLLM_MODELS", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match=r"none 不能用来聊天：没有这个.* no such file"):
        env.models("MYLLM_MODELS", "builtin")


def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ImproperlyConfigured, match=r"^X="):
        env.folder("X", tmp_path / "file" / "below")


def test_a_secret_that_cannot_be_kept_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured, match="secret_key"):
        env.secret("X", tmp_path / "missing" / "secret_key")


def test_a_secret_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "key"
    first = env.secret("X", file)
    assert env.secret("X", file) == first
    assert len(first) > 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("value", ["auto", "cpu", "CUDA", "cuda:1", "mps", ""])
def test_a_device_is_named_as_torch_names_it(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MYLLM_DEVICE", value)
    assert env.device("MYLLM_DEVICE") == (value.lower() or "auto")


@pytest.mark.parametrize("value", ["gpu", "cuda:", "cuda:x", "cpu,cuda"])
def test_another_device_is_refused_by_name(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("MYLLM_DEVICE", value)
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DEVICE.*cuda:1"):
        env.device("MYLLM_DEVICE")


def test_a_choice_is_one_of_the_words_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYLLM_DTYPE", "Float32")
    assert env.choice("MYLLM_DTYPE", "auto", ("auto", "float32")) == "float32"
    monkeypatch.setenv("MYLLM_DTYPE", "int4")
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DTYPE.*auto, float32"):
        env.choice("MYLLM_DTYPE", "auto", ("auto", "float32"))


def test_a_local_name_is_one_that_multicast_dns_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", " Chat.Local ")
    assert env.local_name("NAME", "") == "chat.local"
    monkeypatch.setenv("NAME", "")
    assert env.local_name("NAME", "myllm.local") == ""
    for wrong in ("chat.example", "a.b.local", "-a.local", "a b.local", ".local"):
        monkeypatch.setenv("NAME", wrong)
        with pytest.raises(ImproperlyConfigured, match="NAME"):
            env.local_name("NAME", "")


def test_an_origin_has_no_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAME", "https://chat.example.com:8443/")
    assert env.origin("NAME") == "https://chat.example.com:8443"
    for wrong in ("chat.example.com", "https://a.example/b", "ftp://a.example", "https://"):
        monkeypatch.setenv("NAME", wrong)
        with pytest.raises(ImproperlyConfigured, match="NAME"):
            env.origin("NAME")


def test_settings_are_read_as_they_are_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", '"1"  # yes')
    assert env.flag("X", default=False)
    assert env.number("X", 0, 0, 9) == 1
    monkeypatch.setenv("X", "'0.0.0.0'  # everywhere")
    assert env.word("X", "") == "0.0.0.0"
    monkeypatch.setenv("X", "CUDA:1\t# the second")
    assert env.device("X") == "cuda:1"
    monkeypatch.setenv("X", "builtin, 'scripted/plain'  # both")
    assert env.models("X", "") == ("builtin", "scripted/plain")


def test_a_folder_may_be_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", f'"{tmp_path / "my data"}"  # here')
    assert env.folder("X", tmp_path) == (tmp_path / "my data").resolve()


def test_free_text_is_taken_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("X", '"Be brief."  # always')
    assert env.text("X", "") == '"Be brief."  # always'


def test_a_site_may_have_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("X", raising=False)
    assert env.site("X", "https://a.example") == "https://a.example"
    monkeypatch.setenv("X", '"https://b.example/hf/"  # nearer')
    assert env.site("X", "https://a.example") == "https://b.example/hf"
    for wrong in ("b.example", "ftp://b.example", "https://b.example/a b", "https://b.example?x"):
        monkeypatch.setenv("X", wrong)
        with pytest.raises(ImproperlyConfigured, match="X="):
            env.site("X", "https://a.example")


def test_a_secret_that_a_full_disk_left_empty_is_made_anew(tmp_path: Path) -> None:
    file = tmp_path / "secret_key"
    file.touch()
    made = env.secret("X", file)
    assert len(made) > 50
    assert env.secret("X", file) == made
    assert [one.name for one in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_that_finds_no_room_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(length: int) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("secrets.token_urlsafe", full)
    with pytest.raises(ImproperlyConfigured, match=r"磁盘满了|is full"):
        env.secret("X", tmp_path / "secret_key")
    assert not list(tmp_path.iterdir())


def test_package_sources_are_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MYLLM_PIP_INDEXES", "http://a/simple, http://b/simple")
    assert env.sources("MYLLM_PIP_INDEXES", pip_indexes) == ("http://a/simple", "http://b/simple")
    monkeypatch.setenv("MYLLM_PIP_INDEXES", "nonsense")
    with pytest.raises(ImproperlyConfigured, match="MYLLM_PIP_INDEXES"):
        env.sources("MYLLM_PIP_INDEXES", pip_indexes)


@pytest.mark.parametrize("typed", ["", "30m", "1h30m", "1.5h", "3600", "-1", '"5M" # a while'])
def test_how_long_ollama_keeps_a_model_is_in_its_words(
    monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.setenv("MYLLM_OLLAMA_KEEP_ALIVE", typed)
    assert env.keep_alive("MYLLM_OLLAMA_KEEP_ALIVE") == typed.strip('"').split('"')[0].lower()


@pytest.mark.parametrize("typed", ["forever", "5 minutes", "m", "--1"])
def test_other_words_for_it_stop_the_start(monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    monkeypatch.setenv("MYLLM_OLLAMA_KEEP_ALIVE", typed)
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_OLLAMA_KEEP_ALIVE.*30m"):
        env.keep_alive("MYLLM_OLLAMA_KEEP_ALIVE")
