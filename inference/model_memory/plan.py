"""Which models hold memory: decided from what each needs, has and waits for, and nothing else.

The model that has waited longest is loaded first. Room is made by unloading idle models, the least
recently used first; if only busy ones are left, it waits for them. Once it has waited for
`patience` seconds, no other model is loaded before it, and each model whose memory it needs admits
no more runs after having been loaded for `patience` seconds. A model that lost its memory waits
anew from then on, so that two busy models take turns and neither waits for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelUse:
    """One model. `need` is in bytes, the moments in seconds of one clock.

    A `resident` one holds its memory, or is about to take it. A `busy` one cannot be unloaded now:
    it answers or is being loaded; until it is loaded, `loaded_at` is now. `wanted_at` is since when
    it waits for memory, None if not.
    """

    id: str
    need: int
    resident: bool = False
    busy: bool = False
    loaded_at: float = 0.0
    used_at: float = 0.0
    wanted_at: float | None = None


@dataclass(slots=True)
class Plan:
    """It is the turn of `load`, once those to `unload` have gone; `too_large` do not fit alone.
    `blocked` says for each waiting model which busy one it waits for, and `stops_admitting` for
    which model a loaded one admits no more runs. At `due` there may be more to say.
    """

    load: str | None = None
    unload: tuple[str, ...] = ()
    too_large: tuple[str, ...] = ()
    blocked: dict[str, str] = field(default_factory=dict)
    stops_admitting: dict[str, str] = field(default_factory=dict)
    due: float | None = None


def decide(
    models: Sequence[ModelUse], budget: int, now: float, patience: float, *, settled: bool = True
) -> Plan:
    """What to do now. While a model is loaded or unloaded it is not `settled` what is free: then
    nothing is begun.
    """
    waiting = [m for m in models if m.wanted_at is not None and not m.resident]
    plan = Plan(too_large=tuple(m.id for m in waiting if m.need > budget))
    queue = sorted((m for m in waiting if m.need <= budget), key=_wanted_at)
    for place, model in enumerate(queue, start=1):
        if _evict_oldest(model, models, budget, plan, settled):
            continue
        _stop_admitting(model, victims(model, models, budget), plan, now, patience)
        if now >= _wanted_at(model) + patience:
            plan.blocked.update({behind.id: plan.blocked[model.id] for behind in queue[place:]})
            break
    return plan


def victims(model: ModelUse, models: Sequence[ModelUse], budget: int) -> list[ModelUse]:
    """The resident models that have to go before this one fits: of the idle the least recently
    used, then of the busy those that were loaded first; none that need not go.
    """
    resident = sorted((m for m in models if m.resident), key=_order)
    excess = sum(m.need for m in resident) + model.need - budget
    chosen: list[ModelUse] = []
    for candidate in resident:
        if excess > 0:
            chosen.append(candidate)
            excess -= candidate.need
    for candidate in reversed(chosen.copy()):
        if excess + candidate.need <= 0:
            chosen.remove(candidate)
            excess += candidate.need
    return chosen


def _evict_oldest(
    model: ModelUse, models: Sequence[ModelUse], budget: int, plan: Plan, settled: bool
) -> bool:
    """Whether the model need not wait for a busy one; loads it if nothing else is begun."""
    leaving = victims(model, models, budget)
    if any(m.busy for m in leaving):
        return False
    if settled and plan.load is None:
        plan.load, plan.unload = model.id, tuple(m.id for m in leaving)
    return True


def _stop_admitting(
    model: ModelUse, leaving: list[ModelUse], plan: Plan, now: float, patience: float
) -> None:
    """Let those that must go admit nothing more, each once it is its time."""
    plan.blocked[model.id] = next(m.id for m in leaving if m.busy)
    for victim in leaving:
        due = max(_wanted_at(model), victim.loaded_at) + patience
        if now < due:
            plan.due = due if plan.due is None else min(plan.due, due)
        else:
            plan.stops_admitting[victim.id] = model.id


def _order(model: ModelUse) -> tuple[bool, float]:
    return model.busy, model.loaded_at if model.busy else model.used_at


def _wanted_at(model: ModelUse) -> float:
    return 0.0 if model.wanted_at is None else model.wanted_at
