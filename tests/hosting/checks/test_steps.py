import subprocess
from contextlib import nullcontext
from pathlib import Path

import pytest

from chat.terminal.progress import ProgressLine
from hosting.checks import steps
from hosting.checks.steps import Places
from hosting.terminal.child import Outcome

PLACES = Places(Path("/clone"), Path("/clone/page"), Path("/clone/var"))


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The environment of the step's pytest, which does not run."""
    found: dict[str, str] = {}

    def run(command: list[str], env: dict[str, str], **_: object) -> object:
        found.update(env)
        return subprocess.CompletedProcess(command, 5)

    monkeypatch.setattr(subprocess, "run", run)
    return found


def run_last(*, require_browser: bool) -> int:
    last = steps.check_steps(PLACES, require_browser=require_browser)[-1]
    return last.run(ProgressLine(last.name)).code


def test_every_step_has_a_name_of_its_own_and_pytest_is_last() -> None:
    names = [step.name for step in steps.check_steps(PLACES, require_browser=False)]
    assert len(set(names)) == len(names)
    assert names[-1] == "pytest"


def test_the_tests_choose_their_own_settings(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        monkeypatch.setenv(name, "x")
    assert run_last(require_browser=False) == 5
    assert not {"DJANGO_SETTINGS_MODULE", "DATABASE_URL"} & set(environ)
    assert "PATH" in environ


def test_a_browser_may_be_required(environ: dict[str, str]) -> None:
    run_last(require_browser=True)
    assert environ["MYLLM_REQUIRE_BROWSER"] == "1"


def run_postgresql() -> Outcome:
    every = steps.check_steps(PLACES, require_browser=False)
    step = next(step for step in every if step.name == "postgresql")
    return step.run(ProgressLine(step.name))


def test_without_postgresql_its_step_reports_that_it_is_skipped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(steps, "find_postgresql", lambda: None)
    monkeypatch.delenv("MYLLM_REQUIRE_POSTGRESQL", raising=False)
    assert run_postgresql().code == 0
    assert "PostgreSQL" in capsys.readouterr().out


def test_ci_does_not_let_it_be_skipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "find_postgresql", lambda: None)
    monkeypatch.setenv("MYLLM_REQUIRE_POSTGRESQL", "1")
    assert run_postgresql().code == 1


def test_the_chats_tests_run_on_the_private_server(
    environ: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "find_postgresql", lambda: Path("/bin"))
    monkeypatch.setattr(steps, "private_postgresql", lambda _: nullcontext("postgresql:///x"))
    assert run_postgresql().code == 5
    assert environ["DATABASE_URL"] == "postgresql:///x"
