"""Decides which models hold memory, a pure function of what each needs, has and waits for.

The model that has waited longest is loaded first. Idle models are unloaded for it, the least
recently used first; if only busy ones are left, it waits for them. Once it has waited for
`patience` seconds, no other model is loaded before it, and each model whose memory it needs admits
no more runs after having been loaded for `patience` seconds. An evicted model waits anew from
then on, so that two busy models take turns and neither starves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ModelUse:
    """One model. `need` is in bytes, the moments in seconds of one clock.

    A `resident` one holds its memory, or is being loaded. A `busy` one cannot be unloaded now:
    it answers or is being loaded; until it is loaded, `loaded_at` is now. `wanted_at` is since when
    it waits for memory, None if it does not.
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
    """`load` is loaded next, after `unload` are unloaded; `too_large` do not fit even alone.
    `blocked` maps each waiting model to the busy one that it waits for, `stops_admitting` each
    loaded model that admits no more runs to the one that needs its memory. At `due` the plan may
    change without an event.
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
    """The plan for now. Without `settled`, while a model is loaded or unloaded, nothing is begun:
    the free memory is not known.
    """
    waiting = [m for m in models if m.wanted_at is not None and not m.resident]
    plan = Plan(too_large=tuple(m.id for m in waiting if m.need > budget))
    queue = sorted((m for m in waiting if m.need <= budget), key=_wanted_at)
    for position, model in enumerate(queue, start=1):
        if _can_load(model, models, budget, plan, settled):
            continue
        _stop_admitting(model, victims(model, models, budget), plan, now, patience)
        if now >= _wanted_at(model) + patience:
            plan.blocked.update({behind.id: plan.blocked[model.id] for behind in queue[position:]})
            break
    return plan


def victims(model: ModelUse, models: Sequence[ModelUse], budget: int) -> list[ModelUse]:
    """The resident models to unload so that this one fits: idle ones first, the least recently
    used of them, then the busy ones that were loaded first; none that can stay.
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


def _can_load(
    model: ModelUse, models: Sequence[ModelUse], budget: int, plan: Plan, settled: bool
) -> bool:
    """Whether no busy model blocks this one; plans its load if no other is planned."""
    chosen = victims(model, models, budget)
    if any(m.busy for m in chosen):
        return False
    if settled and plan.load is None:
        plan.load, plan.unload = model.id, tuple(m.id for m in chosen)
    return True


def _stop_admitting(
    model: ModelUse, chosen: list[ModelUse], plan: Plan, now: float, patience: float
) -> None:
    """Let the victims admit no more runs, each once its time is over."""
    plan.blocked[model.id] = next(m.id for m in chosen if m.busy)
    for victim in chosen:
        due = max(_wanted_at(model), victim.loaded_at) + patience
        if now < due:
            plan.due = due if plan.due is None else min(plan.due, due)
        else:
            plan.stops_admitting[victim.id] = model.id


def _order(model: ModelUse) -> tuple[bool, float]:
    return model.busy, model.loaded_at if model.busy else model.used_at


def _wanted_at(model: ModelUse) -> float:
    return 0.0 if model.wanted_at is None else model.wanted_at
