import os
import sys
from pathlib import Path

import pytest

from chat.terminal.refusal import Refusal
from MyLLM import settings
from MyLLM.bootstrap import ensure_packages
from MyLLM.bootstrap.environment import REENTRIES, Environment, has_distributions


@pytest.fixture
def own(tmp_path: Path) -> Environment:
    """An environment with a Python, and one package that is installed completely."""
    environment = Environment(tmp_path / ".venv")
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(sys.executable)
    add(environment, "apple", "1.0")
    return environment


def add(environment: Environment, name: str, version: str) -> Path:
    folder = environment.folder / "lib" / "python3.11" / "site-packages"
    metadata = folder / f"{name}-{version}.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "INSTALLER").write_text("pip")
    return metadata


def test_nothing_is_installed_before_the_stamp(own: Environment) -> None:
    assert not own.holds(["apple==1.0"])


def test_stamped_pins_are_installed(own: Environment) -> None:
    own.stamp(["apple==1.0"])
    assert own.holds(["apple==1.0"])
    assert not own.holds(["apple==1.1"])


def test_a_deleted_package_is_not_installed(own: Environment) -> None:
    pear = add(own, "pear", "2.0")
    own.stamp(["apple==1.0", "pear==2.0"])
    (pear / "INSTALLER").unlink()
    pear.rmdir()
    assert not own.holds(["apple==1.0", "pear==2.0"])


def test_a_second_command_keeps_what_the_first_installed(own: Environment) -> None:
    add(own, "pear", "2.0")
    own.stamp(["apple==1.0"])
    own.stamp(["pear==2.0"])
    assert own.holds(["apple==1.0", "pear==2.0"])


def test_a_new_version_takes_the_place_of_the_old(own: Environment) -> None:
    own.stamp(["apple==0.9"])
    own.stamp(["apple==1.0"])
    assert not own.holds(["apple==0.9"])


def test_an_environment_whose_python_is_gone_holds_nothing(own: Environment) -> None:
    own.stamp(["apple==1.0"])
    own.python.unlink()
    own.python.symlink_to("/nowhere/python")
    assert not own.holds(["apple==1.0"])
    assert not own.is_sound()


def test_incomplete_packages_are_removed(own: Environment) -> None:
    half = add(own, "pear", "2.0")
    (half / "INSTALLER").unlink()
    left_by_pip = half.parent / "~lum"
    left_by_pip.mkdir()
    own.remove_half_written()
    assert [entry.name for entry in half.parent.iterdir()] == ["apple-1.0.dist-info"]


def test_a_local_build_counts_as_its_version(tmp_path: Path) -> None:
    (tmp_path / "torch-2.13.0+cu128.dist-info").mkdir()
    assert has_distributions(["torch==2.13.0"], [tmp_path])


def test_places_that_cannot_be_listed_hold_nothing(tmp_path: Path) -> None:
    (tmp_path / "archive.zip").touch()
    assert not has_distributions(["a==1"], [tmp_path / "missing", tmp_path / "archive.zip"])


def test_restarting_for_ever_ends_in_a_sentence(
    own: Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REENTRIES, "2")
    with pytest.raises(Refusal, match=r"\.venv"):
        own.restart(["manage.py"])


def test_restarts_are_counted_in_a_separate_variable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in filter(str.isupper, dir(settings)):
        monkeypatch.setenv(name, "3")
    monkeypatch.delenv(REENTRIES, raising=False)
    before = dict(os.environ)
    ensure_packages(["manage.py", "check"])
    assert dict(os.environ) == before
