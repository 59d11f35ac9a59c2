"""The health checks."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from django.test import AsyncClient

from chat.health import readiness
from chat.health.shortage import Shortage
from chat.pages import health
from chat.service import ChatService
from tests.process_service import use_service


@pytest.fixture(autouse=True)
def served(service: ChatService, monkeypatch: pytest.MonkeyPatch) -> None:
    use_service(monkeypatch, service)
    monkeypatch.setattr(health, "shortages", list)


async def test_a_server_that_answers_is_healthy() -> None:
    response = await AsyncClient().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_it_is_ready_once_the_model_is() -> None:
    response = await AsyncClient().get("/readyz")
    expected = {"status": "ready", "database": True, "model": "ready", "low": []}
    assert (response.status_code, response.json()) == (200, expected)


async def test_it_is_not_ready_without_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def locked() -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(readiness, "check_database", locked)
    response = await AsyncClient().get("/readyz")
    assert response.status_code == 503
    assert response.json()["database"] is False


async def test_a_short_disk_is_reported_and_does_not_fail_the_check(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "shortages", lambda: [Shortage.DISK])
    response = await AsyncClient().get("/readyz")
    assert response.status_code == 200
    assert response.json()["low"] == ["disk"]


async def test_background_tasks_that_die_again_and_again_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(health, "failing", lambda: ("checkpoint",))
    response = await AsyncClient().get("/readyz")
    assert response.status_code == 200
    assert response.json()["failing"] == ["checkpoint"]
