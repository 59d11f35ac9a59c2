"""What is stored, and what a second process reads."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chat import store
from chat.errors import ChatError, ErrorCode
from chat.models import Conversation, Message, Run
from chat.run_events import Failure, RunEnded, TextSnapshot
from chat.runs.journal.recovery import Recovery
from chat.store import Checkpoint, NewTurn, StoredRun
from chat.store.turns import known_turn
from chat.wire.protocol import RunStatus, Timings, Usage

pytestmark = pytest.mark.django_db(transaction=True)


def _turn(content: str = "你好", **more: str | None) -> NewTurn:
    given = {"owner": "alice", "client_msg_id": content, "content": content, "model": "m"}
    return NewTurn(**given | more)  # type: ignore[arg-type]


def _text(seq: int, answer: str = "", reasoning: str = "") -> TextSnapshot:
    return TextSnapshot(1, seq, "m", reasoning, answer)


def test_a_turn_makes_a_conversation_with_a_title() -> None:
    turn = store.open_turn(_turn("  第一\n个问题  "))
    assert Conversation.objects.get(pk=turn.conversation).title == "第一 个问题"


def test_the_next_turn_follows_the_newest_answer() -> None:
    first = store.open_turn(_turn("一"))
    second = store.open_turn(_turn("二", conversation=first.conversation))
    assert Message.objects.get(pk=second.user_message).parent_id == first.message
    assert [m.content for m in store.path(second.user_message)] == ["一", "", "二"]


def test_another_parent_makes_a_branch() -> None:
    first = store.open_turn(_turn("一"))
    store.open_turn(_turn("二", conversation=first.conversation))
    third = store.open_turn(_turn("三", conversation=first.conversation, parent=first.message))
    assert [m.content for m in store.path(third.user_message)] == ["一", "", "三"]


def test_a_send_is_known_by_its_owner_and_its_id() -> None:
    turn = store.open_turn(_turn("一"))
    assert known_turn("alice", "一") == turn
    assert known_turn("bob", "一") is None


def test_another_members_conversation_is_unknown() -> None:
    turn = store.open_turn(_turn("一"))
    with pytest.raises(ChatError) as raised:
        store.open_turn(_turn("二", owner="bob", conversation=turn.conversation))
    assert raised.value.code is ErrorCode.UNKNOWN_CONVERSATION


def test_a_message_of_another_conversation_is_no_parent() -> None:
    first = store.open_turn(_turn("一"))
    other = store.open_turn(_turn("二"))
    with pytest.raises(ChatError) as raised:
        store.open_turn(_turn("三", conversation=first.conversation, parent=other.message))
    assert raised.value.code is ErrorCode.UNKNOWN_MESSAGE


def test_nothing_is_left_of_a_refused_turn() -> None:
    with pytest.raises(ChatError):
        store.open_turn(_turn("一", parent="nowhere"))
    assert not Conversation.objects.exists()


def test_an_ended_run_is_read_as_it_was_written() -> None:
    turn = store.open_turn(_turn())
    ended = RunEnded("completed", "stop", Usage(3, 4, 1), Timings(0.0, 0.1, 0.2, 20.0))
    store.save([Checkpoint(turn.run, _text(5, "好", "想"))], {turn.run: ended})
    assert store.load_run(turn.run) == StoredRun(
        _text(5, "好", "想"), ended, turn.conversation, "alice"
    )


def test_a_late_checkpoint_does_not_reach_an_ended_run() -> None:
    turn = store.open_turn(_turn())
    store.save([Checkpoint(turn.run, _text(5, "全部"))], {turn.run: RunEnded("completed", "stop")})
    store.save([Checkpoint(turn.run, _text(3, "一半"))], {})
    stored = store.load_run(turn.run)
    assert stored is not None
    assert stored.text == _text(5, "全部")


def test_a_failure_keeps_its_numbers() -> None:
    turn = store.open_turn(_turn())
    ended = RunEnded(
        "failed", failure=Failure(ErrorCode.CONTEXT_EXCEEDED, {"tokens": 9, "limit": 8})
    )
    store.save([Checkpoint(turn.run, _text(0))], {turn.run: ended})
    stored = store.load_run(turn.run)
    assert stored is not None
    assert stored.end == ended


def test_what_a_dead_process_left_is_interrupted_in_a_new_epoch() -> None:
    turn = store.open_turn(_turn())
    store.save([Checkpoint(turn.run, _text(7, "写到一半"))], {})
    assert store.take_up_leftovers((), Recovery().complete, "").interrupted == 1
    stored = store.load_run(turn.run)
    assert stored == StoredRun(
        TextSnapshot(2, 7, "m", "", "写到一半"), RunEnded("interrupted"), turn.conversation, "alice"
    )
    assert Run.objects.get().seq == 8


def test_an_unknown_run_is_none() -> None:
    assert store.load_run("nowhere") is None


def _remote_text(seq: int, answer: str = "") -> TextSnapshot:
    return replace(_text(seq, answer), provider="DeepSeek")


def test_the_provider_is_kept_from_the_first_checkpoint_on() -> None:
    turn = store.open_turn(_turn())
    assert Run.objects.get().provider is None
    store.save([Checkpoint(turn.run, _remote_text(1))], {})
    assert Run.objects.get().provider == "DeepSeek"
    stored = store.load_run(turn.run)
    assert stored is not None
    assert stored.text == _remote_text(1)


@pytest.mark.parametrize("status", ["completed", "failed", "cancelled"])
def test_remote_tokens_are_kept_however_the_run_ends(status: RunStatus) -> None:
    turn = store.open_turn(_turn())
    store.save([Checkpoint(turn.run, _remote_text(2, "好"), 1, 70)], {turn.run: RunEnded(status)})
    assert Run.objects.get().remote_tokens == 70


def test_remote_tokens_of_a_continued_run_are_added() -> None:
    turn = store.open_turn(_turn())
    end = {turn.run: RunEnded("interrupted")}
    store.save([Checkpoint(turn.run, _remote_text(2, "好"), 1, 70)], end)
    assert store.reopen(turn.run, "phone")
    store.save([Checkpoint(turn.run, _remote_text(4, "好的"), 2, 30)], end)
    assert Run.objects.get().remote_tokens == 100


def test_a_run_of_this_computer_has_no_remote_tokens() -> None:
    turn = store.open_turn(_turn())
    store.save([Checkpoint(turn.run, _text(2, "好"))], {turn.run: RunEnded("completed", "stop")})
    assert (Run.objects.get().remote_tokens, Run.objects.get().provider) == (None, None)


def test_what_a_provider_computed_for_a_dead_process_is_estimated() -> None:
    turn = store.open_turn(_turn("a" * 400, client_msg_id="long"))
    store.save([Checkpoint(turn.run, _remote_text(7, "b" * 40))], {})
    store.take_up_leftovers((), Recovery().complete, "")
    assert Run.objects.get().remote_tokens == 110
