"""Plain values out of the environment: a wrong one names itself."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from chat.conf import ChatSettings
from hosting.conf import HostingSettings
from MyLLM.env import flag, read
from MyLLM.env.typed import Typed


@pytest.mark.parametrize(
    ("value", "meant"),
    [("1", True), ("Yes", True), ("off", False), ("", False), ("'1' # x", True)],
)
def test_a_flag_reads_as_yes_or_no(value: str, meant: bool) -> None:
    assert flag(Typed("X", value)) is meant


@pytest.mark.parametrize("value", ["maybe", "2", "真"])
def test_another_flag_is_refused_by_name(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MYLLM_OPEN"):
        read(ChatSettings, {"MYLLM_OPEN": value})


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8e3", "八千", "٨", "", "80 80"])
def test_a_number_out_of_range_is_refused_with_the_range(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_PORT.*1 到 65535"):
        read(ChatSettings, {"MYLLM_PORT": value})


def test_a_list_has_no_empty_places() -> None:
    assert _read("MYLLM_TRUST_REMOTE_CODE", " a, ,b,") == ("a", "b")


@pytest.mark.parametrize("value", ["auto", "cpu", "CUDA", "cuda:1", "mps", "CUDA:1\t# the second"])
def test_a_device_is_named_as_torch_names_it(value: str) -> None:
    assert _read("MYLLM_DEVICE", value) == value.lower().split("\t")[0]


@pytest.mark.parametrize("value", ["gpu", "cuda:", "cuda:x", "cpu,cuda"])
def test_another_device_is_refused_by_name(value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DEVICE.*cuda:1"):
        read(ChatSettings, {"MYLLM_DEVICE": value})


def test_a_choice_is_one_of_the_words_allowed() -> None:
    assert _read("MYLLM_DTYPE", "Float32") == "float32"
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DTYPE.*auto, float32"):
        read(ChatSettings, {"MYLLM_DTYPE": "int4"})


@pytest.mark.parametrize("name", ["MYLLM_DEVICE", "MYLLM_MODELS", "MYLLM_TITLES", "HF_ENDPOINT"])
def test_what_is_left_empty_is_not_chosen(name: str) -> None:
    assert name.removeprefix("MYLLM_") not in read(ChatSettings, {name: " "})


@pytest.mark.parametrize(("typed", "meant"), [(" Chat.Local ", "chat.local"), ("", "")])
def test_a_local_name_is_one_that_multicast_dns_holds(typed: str, meant: str) -> None:
    assert read(HostingSettings, {"MYLLM_MDNS_NAME": typed})["MDNS_NAME"] == meant


@pytest.mark.parametrize("typed", ["chat.example", "a.b.local", "-a.local", "a b.local", ".local"])
def test_another_local_name_is_refused(typed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="MYLLM_MDNS_NAME"):
        read(HostingSettings, {"MYLLM_MDNS_NAME": typed})


def test_free_text_is_taken_as_it_is() -> None:
    typed = '"Be brief."  # always'
    assert _read("MYLLM_SYSTEM_PROMPT", typed) == typed


def test_an_address_is_read_without_quotes_and_comment() -> None:
    assert _read("MYLLM_HOST", "'0.0.0.0'  # everywhere") == "0.0.0.0"


def test_a_site_may_have_a_path() -> None:
    assert _read("HF_ENDPOINT", '"https://b.example/hf/"  # nearer') == "https://b.example/hf"


@pytest.mark.parametrize(
    "typed", ["b.example", "ftp://b.example", "https://b.example/a b", "https://b.example?x"]
)
def test_another_site_is_refused(typed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="HF_ENDPOINT="):
        read(ChatSettings, {"HF_ENDPOINT": typed})


@pytest.mark.parametrize("typed", ["", "30m", "1h30m", "1.5h", "3600", "-1", '"5M" # a while'])
def test_how_long_ollama_keeps_a_model_is_in_its_words(typed: str) -> None:
    meant = typed.strip('"').split('"')[0].lower()
    assert _read("MYLLM_OLLAMA_KEEP_ALIVE", typed) == meant


@pytest.mark.parametrize("typed", ["forever", "5 minutes", "m", "--1"])
def test_other_words_for_it_stop_the_start(typed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_OLLAMA_KEEP_ALIVE.*30m"):
        read(ChatSettings, {"MYLLM_OLLAMA_KEEP_ALIVE": typed})


def _read(variable: str, typed: str) -> object:
    return read(ChatSettings, {variable: typed})[variable.removeprefix("MYLLM_")]
