"""The table of paths: every prefix has a rule, a limit and a shape of errors."""

from __future__ import annotations

import pytest

from chat.access.paths import PATH_RULES, PathRule, path_of, rule_of
from chat.conf import conf


@pytest.mark.parametrize("rule", PATH_RULES, ids=lambda rule: rule.prefix)
def test_every_rule_holds_for_its_own_prefix(rule: PathRule) -> None:
    assert rule_of(rule.prefix) is rule


@pytest.mark.parametrize("rule", PATH_RULES, ids=lambda rule: rule.prefix)
def test_every_body_limit_is_a_setting(rule: PathRule) -> None:
    assert getattr(conf(), rule.body_limit) > 0


@pytest.mark.parametrize("rule", PATH_RULES, ids=lambda rule: rule.prefix)
def test_what_is_mounted_in_another_project_is_private(rule: PathRule) -> None:
    assert rule.private or not rule.mounted


def test_no_prefix_has_two_rules() -> None:
    assert len({rule.prefix for rule in PATH_RULES}) == len(PATH_RULES)


@pytest.mark.parametrize(
    ("path", "prefix"),
    [
        ("/api/v1/import", "/api/v1/import"),
        ("/api/v1/runs/x", "/api/v1/"),
        ("/api/nothing", "/api/"),
        ("/admin/login/", "/admin/"),
        ("/", ""),
        ("", ""),
        ("/apis", ""),
    ],
)
def test_the_longest_prefix_that_fits_holds(path: str, prefix: str) -> None:
    assert rule_of(path).prefix == prefix


def test_the_path_is_the_one_below_the_mount() -> None:
    assert path_of({"path": "/chat/api/v1/me", "root_path": "/chat"}) == "/api/v1/me"
