"""Sampling options as settings: what the protocol takes, and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from chat.conf import ChatSettings
from chat.conf.reading import read_settings
from MyLLM.env import read


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("MYLLM_TEMPERATURE", "0.7", 0.7),
        ("MYLLM_TEMPERATURE", '"1" # usual', 1.0),
        ("MYLLM_TOP_K", "0", 0),
        ("MYLLM_TOP_P", "1e-3", 0.001),
        ("MYLLM_MAX_LENGTH", "512", 512),
        ("MYLLM_DO_SAMPLE", "True", True),
        ("MYLLM_DO_SAMPLE", "off", False),
        ("MYLLM_ENABLE_THINKING", "0", False),
        ("MYLLM_ENABLE_THINKING", " ", None),
    ],
)
def test_an_option_is_read_as_the_protocol_has_it(
    name: str, typed: str, meant: float | bool | None
) -> None:
    found = read(ChatSettings, {name: typed})[name.removeprefix("MYLLM_")]
    assert (found, type(found)) == (meant, type(meant))


@pytest.mark.parametrize(
    ("name", "typed", "allowed"),
    [
        ("MYLLM_TEMPERATURE", "9", "from 0 to 5"),
        ("MYLLM_TEMPERATURE", "nan", "a number"),
        ("MYLLM_TEMPERATURE", "null", "a number"),
        ("MYLLM_TOP_K", "1.5", "a whole number from 0"),
        ("MYLLM_TOP_P", "0", "above 0 to 1"),
        ("MYLLM_MAX_NEW_TOKENS", "many", "from 1"),
        ("MYLLM_DO_SAMPLE", "2", "use 1 or 0"),
    ],
)
def test_another_value_stops_the_start_and_names_the_setting(
    name: str, typed: str, allowed: str
) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"{name}.*{allowed}"):
        read(ChatSettings, {name: typed})


def test_to_sample_at_a_temperature_of_zero_stops_the_start() -> None:
    read_settings(ChatSettings, "MYLLM", {"DO_SAMPLE": False, "TEMPERATURE": 0})
    read_settings(ChatSettings, "MYLLM", {"DO_SAMPLE": True})
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DO_SAMPLE=1.*MYLLM_TEMPERATURE=0"):
        read_settings(ChatSettings, "MYLLM", {"DO_SAMPLE": True, "TEMPERATURE": 0.0})
