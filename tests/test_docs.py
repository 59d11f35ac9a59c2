"""The documents say what the code says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class

ROOT = Path(__file__).resolve().parent.parent
READ = re.compile(
    r'env\.(\w+)\(\s*"(MYLLM_\w+|HF_ENDPOINT|MODELSCOPE_ENDPOINT)"(?:, default=(\w+)|, (\d+)[,)])?'
)
ROW = re.compile(r"^\| `(MYLLM_\w+|HF_ENDPOINT|MODELSCOPE_ENDPOINT)` \| ([^|]*)\|", re.MULTILINE)


def _settings_read() -> dict[str, str | None]:
    source = (ROOT / "MyLLM" / "settings.py").read_text(encoding="utf-8")
    return {name: flag or number for _, name, flag, number in READ.findall(source)}


def _settings_told() -> dict[str, str]:
    return dict(ROW.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8")))


def test_every_setting_is_documented_and_no_other() -> None:
    assert set(_settings_told()) == set(_settings_read())


@pytest.mark.parametrize("name", sorted(name for name, value in _settings_read().items() if value))
def test_the_documented_default_is_the_real_one(name: str) -> None:
    told = _settings_told()[name].strip("` ")
    assert told == {"False": "0", "True": "1"}.get(
        str(_settings_read()[name]), _settings_read()[name]
    )


def test_the_frame_limit_is_documented_as_it_is() -> None:
    assert _settings_told()["MYLLM_FRAME_BYTES"].strip("` ") == str(settings.MYLLM_FRAME_BYTES)


READMES = ("README.md", "README.en.md")
LINK = re.compile(r"""\]\(([^)#:]+)\)|src="([^"]+)\"""")
COMMAND = re.compile(r"python3 manage\.py ([^\n`]+)")
MODULE = re.compile(r"`((?:MyLLM|hosting|chat|inference|client-uniapp|tests|bench)/[\w./-]*)`")


PAGES = (
    *("architecture", "settings", "tls", "proxy", "embedding", "wechat", "app"),
    *("wsl2", "autodl", "several-machines", "options"),
)


@pytest.mark.parametrize("name", [*READMES, *(f"docs/{page}.md" for page in PAGES)])
def test_every_file_a_page_points_to_is_there(name: str) -> None:
    page = ROOT / name
    found = LINK.findall(page.read_text(encoding="utf-8"))
    missing = [
        link or image for link, image in found if not (page.parent / (link or image)).exists()
    ]
    assert not missing


@pytest.mark.parametrize("name", READMES)
def test_every_command_of_the_readme_exists_with_its_options(name: str) -> None:
    commands = COMMAND.findall((ROOT / name).read_text(encoding="utf-8"))
    assert {line.split()[0] for line in commands} == {
        *("serve", "pair", "doctor", "test", "apikey"),
        *("model", "chat", "backup", "restore"),
    }
    for line in commands:
        command, *options = shlex.split(re.split(r"[。，]", line)[0])
        found = load_command_class(get_commands()[command], command)
        found.create_parser("manage.py", command).parse_args(options)


def test_both_readmes_tell_the_same_figures() -> None:
    figures = [re.findall(r"\d[\d.]*(?= ?(?:s|MB|kB)\b)", _measured(name)) for name in READMES]
    assert figures[0] == figures[1] != []


def _measured(name: str) -> str:
    text = (ROOT / name).read_text(encoding="utf-8")
    return next(part for part in text.split("\n## ") if part.startswith(("实测", "Measured")))


@pytest.mark.parametrize("page", ["proxy", "tls", "wsl2", "autodl", "several-machines"])
def test_every_setting_a_page_names_exists(page: str) -> None:
    named = set(re.findall(r"MYLLM_[A-Z_]+", (ROOT / "docs" / f"{page}.md").read_text("utf-8")))
    assert named
    assert named <= set(_settings_read())


@pytest.mark.parametrize("name", ["docs/glossary.md", "docs/architecture.md"])
def test_every_module_that_is_named_exists(name: str) -> None:
    found = set(MODULE.findall((ROOT / name).read_text(encoding="utf-8")))
    assert found
    assert not {path for path in found if not (ROOT / path).exists()}
