from pathlib import Path

import pytest

from hosting.sources.npm_config import npm_setting


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    """Without configuration outside `tmp_path`."""
    return {
        "npm_config_userconfig": str(tmp_path / "user"),
        "NPM_CONFIG_GLOBALCONFIG": str(tmp_path / "global"),
        "PATH": str(tmp_path),
    }


def test_files_count_in_npms_order(environ: dict[str, str], tmp_path: Path) -> None:
    for name in ("global", "user", ".npmrc"):
        (tmp_path / name).write_text(f"fund=false\nregistry = https://{name}.example/\n")
        assert npm_setting("registry", environ, tmp_path) == f"https://{name}.example/"
    environ["NPM_Config_Registry"] = "https://environ.example/"
    assert npm_setting("registry", environ, tmp_path) == "https://environ.example/"


def test_variables_in_a_file_are_filled_in(
    environ: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOKEN", "secret")
    (tmp_path / "user").write_text('; why\nregistry="https://me:${TOKEN}@x.example/"\n')
    assert npm_setting("registry", environ, tmp_path) == "https://me:secret@x.example/"


def test_another_scopes_registry_is_not_npms(environ: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / ".npmrc").write_text("@mine:registry=https://x.example/\n")
    assert "x.example" not in npm_setting("registry", environ, tmp_path)
