"""Which ends of a server are crashes, on POSIX and on Windows."""

from __future__ import annotations

import pytest

from MyLLM.guard.ending import cause, is_crash


@pytest.mark.parametrize("code", [-11, -6, -9, 0xC0000005, 0xC0000409])
def test_faults_and_the_out_of_memory_killer_are_crashes(code: int) -> None:
    assert is_crash(code)


@pytest.mark.parametrize("code", [0, 1, 2, 130, -15, -2, -1, 0xC000013A])
def test_a_refused_start_and_a_stop_are_no_crash(code: int) -> None:
    assert not is_crash(code)


@pytest.mark.parametrize(("code", "name"), [(-11, "SIGSEGV"), (0xC0000005, "0xC0000005")])
def test_the_cause_is_named(code: int, name: str) -> None:
    assert name in cause(code)


def test_killed_most_likely_means_that_memory_ran_out() -> None:
    assert cause(-9).startswith("SIGKILL")
    assert "memory" in cause(-9) or "内存" in cause(-9)
