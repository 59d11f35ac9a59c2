"""Any query finds the texts that contain it, with both databases."""

from __future__ import annotations

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from chat import store
from chat.models import Conversation, Message
from chat.run_events import RunEnded, TextSnapshot
from chat.store import Checkpoint, NewTurn
from chat.store.search import search
from chat.store.search_index import TRIGGERS, create, drop

pytestmark = pytest.mark.django_db(transaction=True)


def _say(*texts: str, owner: str = "alice", **fields: object) -> Conversation:
    made = Conversation.objects.create(owner=owner, **fields)
    for text in texts:
        Message.objects.create(conversation=made, role="user", content=text)
    return made


def _found(query: str, owner: str = "alice") -> list[str]:
    hits = search(owner, query, 50).hits
    return [Message.objects.get(pk=hit.message).content for hit in hits if hit.message]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("今天去北京看展览", "北京"),
        ("今天去北京", "北京"),
        ("北", "北"),
        ("学习 C++ 与 Go", "C++"),
        ("学习 Go", "go"),
        ('他说"你好"', '"你好"'),
        ("SELECT NEAR(a b)", "NEAR("),
        ("100% 正确", "0%"),
        ("snake_case", "e_c"),
        ("a*b AND c", "a*b AND"),
        ("back\\slash", "k\\s"),
        ("col:umn - x^2", "col:umn x^2"),
        ("it's", "t's"),
        ("表情😀在此", "😀"),
        ("Docker 的部署问题", "部署 docker"),
    ],
)
def test_what_is_typed_is_found_as_it_stands(text: str, query: str) -> None:
    _say(text, "别的内容 something else")
    assert _found(query) == [text]


@pytest.mark.parametrize("query", ["京北", "%", "_", "OR", '"', "*", "(", "  ", "", "\x00", "-"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    _say("今天去北京看展览")
    assert _found(query) == []


def test_all_words_have_to_be_in_one_text() -> None:
    _say("苹果和梨", "苹果", "梨")
    assert _found("梨 苹果") == ["苹果和梨"]


def test_only_ones_own_and_undeleted_conversations_are_searched() -> None:
    _say("北京", owner="bob")
    _say("北京", deleted_at="2026-01-01T00:00Z")
    assert _found("北京") == []


def test_a_changed_text_is_found_by_its_new_words_alone() -> None:
    conversation = _say("旧的文字")
    Message.objects.update(content="新的文字")
    assert (_found("旧的"), _found("新的")) == ([], ["新的文字"])
    conversation.delete()
    assert _found("新的") == []


def test_an_answer_is_found_once_it_has_ended() -> None:
    turn = store.open_turn(NewTurn(owner="alice", client_msg_id="x", content="问", model="m"))
    text = TextSnapshot(1, 3, "m", "", "答案在风中")
    store.save([Checkpoint(turn.run, text)], {})
    store.save([Checkpoint(turn.run, text)], {turn.run: RunEnded("completed", "stop")})
    assert _found("风中") == ["答案在风中"]


def test_titles_come_first_and_once() -> None:
    titled = _say(title="北京之行")
    found = _say(*(f"北京 {n}" for n in range(3)))
    first = search("alice", "北京", 2)
    second = search("alice", "北京", 2, first.next)
    assert [hit.conversation for hit in first.hits] == [titled.id, found.id, found.id]
    assert first.hits[0].message is None
    assert [hit.conversation for hit in second.hits] == [found.id]
    assert second.next is None


def test_a_snippet_marks_the_words_where_they_stand() -> None:
    _say("前" * 100 + "😀北京" + "后" * 300)
    found = search("alice", "北京", 5).hits[0].snippet
    assert [found.text[start:end] for start, end in found.marks] == ["北京"]
    assert (found.before, found.after) == (True, True)
    assert len(found.text) == 160


@pytest.mark.parametrize("count", [1, 50])
def test_a_page_takes_three_queries(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _say(*["北京"] * count)
    with django_assert_num_queries(3):
        assert len(search("alice", "北京", 50).hits) == count


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has an index of ours")
class TestIndex:
    def test_no_migration_has_lost_a_trigger(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
            assert set(TRIGGERS) <= {name for (name,) in cursor.fetchall()}

    def test_what_was_there_before_the_index_is_found(self) -> None:
        drop(connection)
        _say("早就在这里")
        create(connection)
        _say("后来才有")
        create(connection)
        assert _found("早就") == ["早就在这里"]
        assert _found("后来") == ["后来才有"]

    def test_the_index_is_whole_after_many_changes(self) -> None:
        conversation = _say("一二三", "四五六")
        Message.objects.filter(content="一二三").update(content="")
        Message.objects.filter(content="").update(content="七八九")
        conversation.messages.filter(content="四五六").delete()
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO chat_search(chat_search) VALUES('integrity-check')")
            cursor.execute("SELECT count(*) FROM chat_search_row")
            assert cursor.fetchone() == (1,)


def test_a_snippet_begins_and_ends_between_characters() -> None:
    family = "👨‍👩‍👧‍👦"
    _say(family * 40 + "北京" + family * 40)
    shown = search("alice", "北京", 5).hits[0].snippet.text
    assert set(shown.split("北京")[0].split(family)) == {""}
    assert set(shown.split("北京")[1].split(family)) == {""}
