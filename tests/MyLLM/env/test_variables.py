"""The variable of a setting: its own, or that of all limits."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from chat.conf import ChatSettings
from chat.conf.declaration import declarations
from hosting.conf import HostingSettings
from MyLLM.env import check_limits, notices, read

ALL = (*declarations(ChatSettings), *declarations(HostingSettings))


def test_limits_are_read_from_one_variable() -> None:
    limits = {"MYLLM_LIMITS": "frame_bytes=2048, queue_length=8，log_files=2"}
    found = read(ChatSettings, limits)
    assert (found["FRAME_BYTES"], found["QUEUE_LENGTH"]) == (2048, 8)
    assert read(HostingSettings, limits)["LOG_FILES"] == 2
    check_limits(limits, ALL)


def test_a_wrong_limit_names_itself_and_its_bounds() -> None:
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_LIMITS: frame_bytes='many'.*1024"):
        read(ChatSettings, {"MYLLM_LIMITS": "frame_bytes=many"})


@pytest.mark.parametrize("typed", ["slots=3", "nonsense=3", "frame bytes=3"])
def test_what_is_no_limit_stops_the_start(typed: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=r"MYLLM_LIMITS.*no limit"):
        check_limits({"MYLLM_LIMITS": typed}, ALL)


def test_a_limit_of_its_own_variable_counts_and_is_named_with_the_new_spelling(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    old = {"MYLLM_FRAME_BYTES": "2048", "MYLLM_LIMITS": "queue_length=8"}
    assert read(ChatSettings, old)["FRAME_BYTES"] == 2048
    (notice,) = notices(old, ALL)
    assert "MYLLM_FRAME_BYTES" in notice
    assert 'MYLLM_LIMITS="frame_bytes=2048,queue_length=8"' in notice


def test_the_one_variable_of_all_limits_comes_first() -> None:
    both = {"MYLLM_FRAME_BYTES": "2048", "MYLLM_LIMITS": "frame_bytes=4096"}
    assert read(ChatSettings, both)["FRAME_BYTES"] == 4096


def test_without_old_names_there_is_no_notice() -> None:
    written = {"MYLLM_LIMITS": "queue_length=8", "MYLLM_SLOTS": "2", "MYLLM_CRASHES": "3"}
    assert notices(written, ALL) == ()
    assert read(ChatSettings, written)["CRASHES"] == 3
