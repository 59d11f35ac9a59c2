import pytest

from chat.terminal import language
from chat.terminal.progress import ProgressLine
from chat.terminal.refusal import Refusal
from hosting.checks.run import run_checks
from hosting.checks.steps import Step
from hosting.terminal.child import Outcome

GOOD = Step("good", lambda line: Outcome(0, "much that nobody needs"))
BAD = Step("bad", lambda line: Outcome(1, "what went wrong"))
LAST = Step("last", lambda line: Outcome(0, ""), streams=True)


def refused(line: ProgressLine) -> Outcome:
    raise Refusal("no network here")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)


def test_every_step_runs_and_the_failed_ones_are_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(Refusal, match=r"Failed checks: bad, worse$"):
        run_checks([BAD, Step("worse", refused), GOOD])
    out = capsys.readouterr().out
    assert "good · passed · 0 s" in out
    assert "what went wrong" in out
    assert "no network here" in out


def test_what_passes_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    run_checks([GOOD])
    assert capsys.readouterr().out == "good · passed · 0 s\n"


def test_nothing_follows_the_last_steps_own_output(capsys: pytest.CaptureFixture[str]) -> None:
    run_checks([GOOD, LAST])
    assert capsys.readouterr().out.splitlines()[-2].startswith("last")
