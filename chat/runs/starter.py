"""Begins stored runs.

Every run begins from the database, whether it is new, waited for another answer, was left by a
dead process or was interrupted: its row says what is asked and which text there is already.
"""

from __future__ import annotations

from dataclasses import replace

from chat import store
from chat.answer_options import with_usual
from chat.run_events import Numbered, RestoredText, RunEnded
from chat.runs import requests
from chat.runs.keeper import Keeper
from chat.runs.live_run import LiveRun, RunKey
from chat.runs.options import usable_options
from chat.runs.policy import Policy
from chat.runs.registry import RunRegistry
from chat.runs.rights import ModelRights
from chat.store import Work, in_database
from chat.store.allowance import Limits, limits_of


class RunStarter:
    """The caller holds the conversation's lock. Used from one event loop."""

    def __init__(
        self, policy: Policy, rights: ModelRights, keeper: Keeper, runs: RunRegistry
    ) -> None:
        self._policy = policy
        self._rights = rights
        self._keeper = keeper
        self._runs = runs

    async def begin(
        self, run: str, limits: Limits | None = None, events: tuple[Numbered, ...] = ()
    ) -> LiveRun:
        """`limits` are the member's, read here where they are not known yet; `events` the last
        ones before the text that is stored. Raises `ChatError`.
        """
        await self._keeper.settle()  # the path holds the answers before, so they must be there
        work = self._with_options(await in_database(store.begin, run))
        if limits is None:
            limits = await in_database(limits_of, work.owner, self._policy.limits)
        request = requests.build(work, self._policy.system_prompt, limits.prompt_tokens)
        key = RunKey(work.run, work.conversation, work.device, work.model, work.owner)
        opened = self._runs.open(key, request, RestoredText(work.text, work.tokens, events))
        if requests.is_used_up(work):
            await self._runs.end(opened, RunEnded("completed", "length"))
        return opened

    def _with_options(self, work: Work) -> Work:
        """Those chosen or usual, as far as the model can take them."""
        card = self._rights.card(work.model)
        rules = card.option_rules if card else ()
        options = with_usual(work.options, self._policy.options)
        return replace(work, options=usable_options(options, rules))
