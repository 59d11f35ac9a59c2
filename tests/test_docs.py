"""The documents say what the code says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class

from chat.conf import ChatSettings
from chat.conf.declaration import declarations
from hosting.conf import HostingSettings
from hosting.reference.settings_text import PROJECT_VARIABLES
from MyLLM.limits import VARIABLE

ROOT = Path(__file__).resolve().parent.parent
DECLARED = (*declarations(ChatSettings), *declarations(HostingSettings))
VARIABLES = {one.variable for one in DECLARED if not one.is_limit} | {
    row.name for rows in PROJECT_VARIABLES.values() for row in rows
}
ROW = re.compile(r"^\| `([A-Za-z_]+)` \|", re.MULTILINE)


def test_every_setting_stands_on_the_page_once_and_no_other() -> None:
    found = ROW.findall((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))
    limits = [one.name for one in DECLARED if one.is_limit]
    internal = {one.variable for one in DECLARED if one.setting.is_internal}
    assert sorted(found) == sorted([*(VARIABLES - internal), *limits])


def test_every_setting_is_explained_in_both_languages() -> None:
    assert not [one.key for one in DECLARED if not one.setting.is_internal and not one.setting.zh]
    assert not [one.key for one in DECLARED if not one.setting.is_internal and not one.setting.en]


READMES = ("README.md", "README.en.md")
LINK = re.compile(r"""\]\(([^)#:]+)\)|src="([^"]+)\"""")
COMMAND = re.compile(r"python3 manage\.py ([^\n`]+)")
MODULE = re.compile(r"`((?:MyLLM|hosting|chat|inference|client-uniapp|tests|bench)/[\w./-]*)`")


PAGES = (
    *("architecture", "settings", "tls", "proxy", "django", "wechat", "app"),
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
    assert named <= VARIABLES | {VARIABLE}


@pytest.mark.parametrize("name", ["docs/glossary.md", "docs/architecture.md"])
def test_every_module_that_is_named_exists(name: str) -> None:
    found = set(MODULE.findall((ROOT / name).read_text(encoding="utf-8")))
    assert found
    assert not {path for path in found if not (ROOT / path).exists()}
