"""Creates the service from Django's settings."""

from __future__ import annotations

from chat.conf import conf
from chat.engine import configured_engine
from chat.runs.journal.journal import FileJournal
from chat.runs.journal.run_journal import RunJournal
from chat.runs.policy import Policy
from chat.service import ChatService
from chat.store.allowance import Limits
from chat.store.model_access import UsualAccess
from chat.wire.protocol import Options


def usual_limits() -> Limits:
    """The limits of members without limits of their own."""
    return Limits(
        messages_per_minute=conf().messages_per_minute,
        messages_per_day=conf().messages_per_day,
        runs_at_once=conf().runs_per_member,
        prompt_tokens=conf().prompt_tokens,
        remote_tokens_per_day=conf().remote_tokens_per_day,
    )


def usual_options() -> Options:
    """The sampling options that are set in the settings."""
    chosen = {name: getattr(conf(), name, None) for name in Options.__struct_fields__}
    return Options(**chosen)


def usual_access() -> UsualAccess:
    """Who may use models of providers. With an open server without pairing, the owner cannot be
    distinguished, so all have the rights of guests.
    """
    is_owner_known = conf().pairing or not conf().open
    return UsualAccess(is_owner_known, conf().remote_for_members, conf().remote_for_guests)


def configured_service() -> ChatService:
    """A new service with a new engine; nothing is loaded or opened until it is started."""
    policy = Policy(
        system_prompt=conf().system_prompt,
        runs_per_device=conf().runs_per_device,
        keep_events=conf().run_log_events,
        waiting_per_conversation=conf().waiting_per_conversation,
        limits=usual_limits(),
        access=usual_access(),
        messages_per_device=conf().messages_per_device,
        titles=conf().titles,
        options=usual_options(),
        crashes=conf().crashes,
    )
    return ChatService(configured_engine(), policy, _journal())


def _journal() -> RunJournal | None:
    limit = conf().journal_mb * 1_000_000
    return FileJournal(conf().data_dir / "journal", limit) if limit else None
