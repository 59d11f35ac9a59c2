"""The settings of another project: what it writes counts, what it mistakes is named."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from chat.conf import ChatSettings, conf
from chat.conf.declaration import Declaration, declarations
from chat.conf.kind import Kind
from chat.conf.reading import read_settings
from chat.conf.values import checked
from hosting.conf import HostingSettings
from inference import Endpoints

ALL = (*declarations(ChatSettings), *declarations(HostingSettings))
NUMBERS = [one for one in declarations(ChatSettings) if one.setting.kind is Kind.NUMBER]


def test_everything_has_a_default(settings: Settings, tmp_path: Path) -> None:
    settings.BASE_DIR = tmp_path
    settings.MYLLM = {}
    assert conf().data_dir == tmp_path / "myllm"
    assert (conf().models, conf().pairing, conf().temperature) == (("builtin",), True, None)


def test_what_a_project_writes_counts_at_once(settings: Settings) -> None:
    settings.MYLLM = {"PROJECT_USERS": True, "MODELS": ["scripted"], "TEMPERATURE": 1}
    assert conf().project_users
    assert conf().models == ("scripted",)
    settings.MYLLM = {}
    assert not conf().project_users


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("PAIRNG", True, "no such setting"),
        ("pairing", True, "no such setting"),
        ("PAIRING", 1, "True or False"),
        ("PORT", "8000", "1 to 65535"),
        ("PORT", True, "1 to 65535"),
        ("TEMPERATURE", 9, "from 0 to 5"),
        ("TITLES", "some", "local, all, off"),
        ("MODELS", "scripted", "list of strings"),
        ("ORIGINS", ["https://a.example/"], "https://a.example"),
        ("PUBLIC_URL", "chat.example", "https://a.example"),
        ("DEVICE", "gpu", "cuda:1"),
        ("HF_ENDPOINT", "b.example", "https://huggingface.co"),
        ("DATA_DIR", "", "folder's path"),
        ("SYSTEM_PROMPT", None, "a string"),
    ],
)
def test_a_mistake_names_its_key_and_what_to_write(key: str, value: object, wanted: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=rf"MYLLM\['{key}'\]") as refused:
        read_settings(ChatSettings, "MYLLM", {key: value})
    assert wanted in str(refused.value)


def test_all_mistakes_are_named_at_once() -> None:
    with pytest.raises(ImproperlyConfigured) as refused:
        read_settings(ChatSettings, "MYLLM", {"PORT": 0, "NONSENSE": 1})
    assert len(str(refused.value).splitlines()) == 2


def test_a_list_is_no_dictionary() -> None:
    with pytest.raises(ImproperlyConfigured, match="use a dictionary"):
        read_settings(ChatSettings, "MYLLM", ["PORT"])


@given(st.sampled_from(NUMBERS), st.integers(-10, 2**33))
def test_a_number_counts_exactly_within_its_bounds(one: Declaration, value: int) -> None:
    is_within = one.setting.low <= value <= one.setting.high
    try:
        read = read_settings(ChatSettings, "MYLLM", {one.key: value})
    except ImproperlyConfigured:
        assert not is_within
    else:
        assert is_within
        assert getattr(read, one.name) == value


@pytest.mark.parametrize(
    "one",
    [one for one in ALL if one.setting.kind is not Kind.FOLDER],
    ids=lambda one: one.key,
)
def test_every_default_is_a_value_one_may_write(one: Declaration) -> None:
    assert checked(one, one.default) == one.default


def test_the_usual_hubs_are_the_engines_own() -> None:
    usual = ChatSettings()
    hubs = (usual.modelscope_endpoint, usual.hf_endpoint)
    assert hubs == (Endpoints().modelscope, Endpoints().hugging_face)
