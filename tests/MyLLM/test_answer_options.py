"""Sampling options as settings: what the protocol takes, and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from MyLLM import env


@pytest.mark.parametrize(
    ("name", "typed", "read"),
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
    monkeypatch: pytest.MonkeyPatch, name: str, typed: str, read: float | bool | None
) -> None:
    monkeypatch.setenv(name, typed)
    found = env.option(name)
    assert (found, type(found)) == (read, type(read))


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
    monkeypatch: pytest.MonkeyPatch, name: str, typed: str, allowed: str
) -> None:
    monkeypatch.setenv(name, typed)
    with pytest.raises(ImproperlyConfigured, match=rf"{name}.*{allowed}"):
        env.option(name)


def test_to_sample_at_a_temperature_of_zero_stops_the_start() -> None:
    env.check_sampling(do_sample=False, temperature=0)
    env.check_sampling(do_sample=True, temperature=None)
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_DO_SAMPLE=1.*MYLLM_TEMPERATURE=0"):
        env.check_sampling(do_sample=True, temperature=0.0)
