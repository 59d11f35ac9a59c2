from pathlib import Path

import pytest

from MyLLM.bootstrap.pins import ROOT, distribution_folder, read_pins


def test_included_files_are_read_in_their_place(tmp_path: Path) -> None:
    (tmp_path / "core.txt").write_text("a==1  # why\n\n# nothing\nb==2\n")
    (tmp_path / "all.txt").write_text("-r core.txt\nc==3\n")
    assert read_pins(tmp_path / "all.txt") == ("a==1", "b==2", "c==3")


@pytest.mark.parametrize(
    "name", ["requirements-core.txt", "requirements.txt", "requirements-dev.txt"]
)
def test_every_requirement_is_pinned_exactly(name: str) -> None:
    for pin in read_pins(ROOT / name):
        _, equals, version = pin.partition("==")
        assert equals, pin
        assert version[0].isdigit(), pin
        assert not set(version) & set("*<>~;, "), pin


def test_a_metadata_folder_is_found_whatever_the_spelling() -> None:
    assert distribution_folder("Django-Cors.Headers==4.9.0") == "django_cors_headers-4.9.0"
