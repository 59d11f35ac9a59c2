import os
from pathlib import Path

import pytest

from hosting.sources.indexes import (
    PUBLIC_INDEXES,
    PUBLIC_REGISTRIES,
    npm_registries,
    pip_indexes,
)

NO_FILES = {"PIP_CONFIG_FILE": os.devnull}


def test_by_default_the_public_indexes_are_used(tmp_path: Path) -> None:
    assert pip_indexes(NO_FILES, tmp_path).preferred == PUBLIC_INDEXES


def test_pips_own_index_comes_first(tmp_path: Path) -> None:
    found = pip_indexes({**NO_FILES, "PIP_INDEX_URL": "http://own/simple"}, tmp_path)
    assert found.preferred == ("http://own/simple",)
    assert found.others == PUBLIC_INDEXES


@pytest.mark.parametrize(("value", "asked"), [("1", False), ("true", False), ("0", True)])
def test_a_pip_without_an_index_uses_none(tmp_path: Path, value: str, asked: bool) -> None:
    assert bool(pip_indexes({**NO_FILES, "PIP_NO_INDEX": value}, tmp_path).all) is asked


def test_the_setting_takes_precedence(tmp_path: Path) -> None:
    environ = {**NO_FILES, "PIP_NO_INDEX": "1", "MYLLM_PIP_INDEXES": "http://given/simple"}
    assert pip_indexes(environ, tmp_path).all == ("http://given/simple",)


def test_registries_are_found_in_the_same_way(tmp_path: Path) -> None:
    environ = {"npm_config_registry": "http://own/", "PATH": ""}
    found = npm_registries(environ, tmp_path)
    assert (found.preferred, found.others) == (("http://own/",), PUBLIC_REGISTRIES)
