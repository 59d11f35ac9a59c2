"""The first Ctrl-C is recorded, further ones are raised."""

from __future__ import annotations

import signal

import pytest

from hosting.terminal_chat.interrupts import Interrupts


def test_the_first_is_kept_until_it_is_taken() -> None:
    with Interrupts() as interrupts:
        assert not interrupts.take()
        signal.raise_signal(signal.SIGINT)
        assert [interrupts.take(), interrupts.take()] == [True, False]


def test_the_second_is_raised_whether_or_not_the_first_was_taken() -> None:
    with Interrupts() as interrupts:
        signal.raise_signal(signal.SIGINT)
        interrupts.take()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_afterwards_ctrl_c_is_what_it_was() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts():
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
