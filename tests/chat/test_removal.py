"""A removed member's data is deleted, also while answers are being written."""

from __future__ import annotations

import pytest_asyncio

from chat.actor import Role
from chat.models import Conversation, Member, Message, Run
from chat.service import ChatService
from chat.store import in_database
from chat.store.members import expire_member
from tests.chat.paired_server import owner, paired


def _stored_and_not_begun(member: str) -> None:
    """The rows of a message whose member was removed before its run began."""
    conversation = Conversation.objects.create(owner=member)
    question = Message.objects.create(conversation=conversation, role="user", content="?")
    answer = Message.objects.create(conversation=conversation, parent=question, role="assistant")
    Run.objects.create(
        message=answer,
        owner=member,
        client_msg_id="1",
        model="echo",
        options={"seed": 1},
        status=Run.Status.RUNNING,
    )


def _kept() -> tuple[int, int, int]:
    guests_and_members = Member.objects.exclude(role=Member.Role.OWNER)
    return guests_and_members.count(), Conversation.objects.count(), Run.objects.count()


@pytest_asyncio.fixture
async def member(paired_service: ChatService) -> str:
    made = (await paired(Role.MEMBER)).owner
    await in_database(_stored_and_not_begun, made)
    return made


async def test_a_member_is_removed_whose_answer_never_began(
    paired_service: ChatService, member: str
) -> None:
    assert (await owner().call("DELETE", f"/members/{member}")).status_code == 204
    await paired_service.remover.settle()
    assert await in_database(_kept) == (0, 0, 0)


async def test_the_next_start_removes_them_as_well(
    paired_service: ChatService, member: str
) -> None:
    await in_database(expire_member, member)
    await paired_service.remover.remove_marked()
    assert await in_database(_kept) == (0, 0, 0)
