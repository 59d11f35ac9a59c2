import sys
from pathlib import Path

import pytest

from MyLLM.bootstrap.pins import ROOT, distribution_folder, read_hashes, read_pins


def test_included_files_are_read_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "core.txt").write_text("a==1  # why\n\n# nothing\nb==2\n")
    (tmp_path / "all.txt").write_text("-r core.txt\nc==3\n")
    assert read_pins(tmp_path / "all.txt") == ("a==1", "b==2", "c==3")


@pytest.mark.parametrize(
    "name",
    [
        "requirements-core.txt",
        "requirements.txt",
        "requirements-dev.txt",
        "requirements-node.txt",
        "requirements-hubs.txt",
        "requirements-core.in",
    ],
)
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    for pin in read_pins(ROOT / name):
        _, equals, version = pin.partition("==")
        assert equals, pin
        assert version[0].isdigit(), pin
        assert not set(version) & set("*<>~;, "), pin


def test_a_metadata_folder_is_found_whatever_the_spelling() -> None:
    assert distribution_folder("Django-Cors.Headers==4.9.0") == "django_cors_headers-4.9.0"


ONE, TWO = f"sha256:{'1' * 64}", f"sha256:{'2' * 64}"


def write(file: Path, marker: str) -> Path:
    file.write_text(f"a==1{marker} \\\n    --hash={ONE} \\\n    --hash={TWO}\nb==2\n")
    return file


def test_digests_belong_to_their_pin(tmp_path: Path) -> None:
    file = write(tmp_path / "core.txt", "")
    assert read_pins(file) == ("a==1", "b==2")
    assert read_hashes(file) == {"a==1": (ONE, TWO)}


@pytest.mark.parametrize(
    ("marker", "asked"),
    [
        (f" ; sys_platform == '{sys.platform}'", True),
        (f' ;sys_platform != "{sys.platform}"', False),
        ("; sys_platform == 'another'", False),
        (" ; sys_platform != 'another'", True),
    ],
)
def test_requirements_of_other_systems_are_left_out(
    tmp_path: Path, marker: str, asked: bool
) -> None:
    assert ("a==1" in read_pins(write(tmp_path / "core.txt", marker))) is asked


@pytest.mark.parametrize(
    "line", ["a==1 ; python_version < '3.12'", "a==1 --hash=sha256:123", "a==1 --no-binary"]
)
def test_what_pip_would_read_otherwise_is_an_error(tmp_path: Path, line: str) -> None:
    (tmp_path / "core.txt").write_text(line)
    with pytest.raises(ValueError, match="not understood"):
        read_pins(tmp_path / "core.txt")


@pytest.mark.parametrize(
    "name", ["requirements-core.txt", "requirements-node.txt", "requirements-hubs.txt"]
)
@pytest.mark.parametrize("system", ["linux", "darwin", "win32"])
def test_every_pin_has_its_digests_on_every_system(
    name: str, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert set(read_pins(ROOT / name)) <= set(read_hashes(ROOT / name))


def test_windows_needs_what_only_windows_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    elsewhere = read_pins(ROOT / "requirements-core.txt")
    monkeypatch.setattr(sys, "platform", "win32")
    added = set(read_pins(ROOT / "requirements-core.txt")) - set(elsewhere)
    assert {pin.partition("==")[0] for pin in added} == {"tzdata"}


@pytest.mark.parametrize("name", ["requirements-core", "requirements-node", "requirements-hubs"])
def test_the_file_with_digests_is_the_one_it_is_made_of(name: str) -> None:
    made = ROOT / f"{name}.txt"
    assert set(read_pins(ROOT / f"{name}.in")) == set(read_pins(made))
    assert "uv pip compile --universal" in made.read_text("utf-8").splitlines()[1]


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_pip_reads_the_larger_files_by_hand_as_well(name: str) -> None:
    assert read_hashes(ROOT / name) == {}  # it would require digests of everything
    assert set(read_pins(ROOT / "requirements-core.txt")) <= set(read_pins(ROOT / name))
