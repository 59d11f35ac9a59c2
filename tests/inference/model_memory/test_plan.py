"""Which model is loaded and which go, decided without any of them."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from inference.model_memory.plan import ModelUse, Plan, decide, victims

PATIENCE = 60.0


def _idle(name: str, need: int, used_at: float = 0.0) -> ModelUse:
    return ModelUse(name, need, resident=True, used_at=used_at)


def _busy(name: str, need: int, loaded_at: float = 0.0) -> ModelUse:
    return ModelUse(name, need, resident=True, busy=True, loaded_at=loaded_at)


def _wanted(name: str, need: int, at: float = 0.0) -> ModelUse:
    return ModelUse(name, need, wanted_at=at)


def _decide(*models: ModelUse, now: float = 0.0, settled: bool = True) -> Plan:
    return decide(models, 10, now, PATIENCE, settled=settled)


def test_what_fits_is_loaded_and_one_at_a_time() -> None:
    assert _decide(_wanted("a", 4, at=1), _wanted("b", 4, at=0)) == Plan(load="b")
    assert _decide(_wanted("a", 4), settled=False) == Plan()


def test_the_least_recently_used_of_the_idle_go_and_no_more_than_need() -> None:
    models = (_idle("old", 2, 1), _idle("older", 1, 0), _idle("new", 4, 2), _wanted("w", 5))
    assert _decide(*models) == Plan(load="w", unload=("old",))
    assert _decide(*models[:3], _wanted("w", 6)) == Plan(load="w", unload=("older", "old"))


def test_busy_models_stay_and_are_named_to_who_waits() -> None:
    assert _decide(_busy("busy", 6), _idle("idle", 2), _wanted("w", 8)) == Plan(
        blocked={"w": "busy"}, due=PATIENCE
    )


def test_after_a_minute_they_yield_but_never_before_they_had_a_minute_themselves() -> None:
    waits = _wanted("w", 8, at=10)
    assert _decide(_busy("b", 6, loaded_at=5), waits, now=69).stops_admitting == {}
    assert _decide(_busy("b", 6, loaded_at=5), waits, now=70).stops_admitting == {"b": "w"}
    late = _decide(_busy("b", 6, loaded_at=50), waits, now=70)
    assert (late.stops_admitting, late.due) == ({}, 110)


def test_a_small_model_may_pass_one_that_waits_but_not_after_its_minute() -> None:
    models = (_busy("busy", 6), _wanted("large", 8, at=0), _wanted("small", 2, at=1))
    assert _decide(*models, now=30).load == "small"
    late = _decide(*models, now=PATIENCE)
    assert late.load is None
    assert late.blocked == {"large": "busy", "small": "busy"}


def test_one_too_large_delays_no_other() -> None:
    assert _decide(_wanted("huge", 11), _wanted("w", 3)) == Plan(load="w", too_large=("huge",))


_moments = st.floats(0, 200)
_models = st.lists(
    st.builds(
        ModelUse,
        id=st.just(""),
        need=st.integers(0, 12),
        resident=st.booleans(),
        busy=st.booleans(),
        loaded_at=_moments,
        used_at=_moments,
        wanted_at=st.none() | _moments,
    ),
    max_size=7,
).map(lambda found: [replace(model, id=str(number)) for number, model in enumerate(found)])


@given(_models, _moments, st.booleans())
def test_no_plan_exceeds_the_budget_or_touches_a_busy_model(
    models: list[ModelUse], now: float, settled: bool
) -> None:
    plan = _decide(*models, now=now, settled=settled)
    by_id = {model.id: model for model in models}
    assert all(by_id[name].resident and not by_id[name].busy for name in plan.unload)
    assert set(plan.stops_admitting) <= {model.id for model in models if model.resident}
    assert all(by_id[busy].busy for busy in plan.blocked.values())
    if plan.load is not None:
        stay = [m for m in models if m.resident and m.id not in plan.unload]
        assert sum(m.need for m in stay) + by_id[plan.load].need <= 10 or not plan.unload
        assert settled


@given(_models)
def test_of_the_victims_none_could_stay(models: list[ModelUse]) -> None:
    wanted = ModelUse("w", 6)
    chosen = victims(wanted, models, 10)
    held = sum(m.need for m in models if m.resident)
    left = held - sum(m.need for m in chosen) + wanted.need
    assert all(left + m.need > 10 for m in chosen)


@given(_models, _moments)
def test_a_waiting_model_is_loaded_waits_for_a_busy_one_or_is_too_large(
    models: list[ModelUse], now: float
) -> None:
    plan = _decide(*models, now=now)
    waiting = {m.id for m in models if m.wanted_at is not None and not m.resident}
    if waiting and plan.load is None:
        assert waiting == set(plan.blocked) | set(plan.too_large)
