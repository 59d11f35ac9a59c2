from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from chat.terminal import language
from hosting.model_progress import show_models
from inference import InferenceError, InferenceErrorCode, ModelCard, ModelState

CARD = ModelCard(id="small", name="Small", backend="scripted", slots=1)
FULL = InferenceError(InferenceErrorCode.DISK_FULL, "no space")


async def changes(*cards: ModelCard) -> AsyncIterator[tuple[ModelCard, ...]]:
    for card in cards:
        yield (card,)


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "prefers_chinese", lambda: False)
    monkeypatch.setattr("hosting.model_progress.prefers_chinese", lambda: False)


async def test_fetching_and_loading_have_a_line_each(capsys: pytest.CaptureFixture[str]) -> None:
    await show_models(
        changes(
            CARD,
            replace(CARD, state=ModelState.FETCHING, progress=0.25),
            replace(CARD, state=ModelState.LOADING),
            replace(CARD, state=ModelState.READY),
        )
    )
    assert capsys.readouterr().err.splitlines() == [
        "Downloading Small · 25% · 0 s",
        "Downloading Small · finished · 0 s",
        "Loading Small · 0 s",
        "Loading Small · finished · 0 s",
    ]


async def test_a_failure_has_its_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    await show_models(
        changes(
            replace(CARD, state=ModelState.FETCHING, progress=0.0),
            replace(CARD, state=ModelState.FAILED, error=FULL),
        )
    )
    assert "disk is full" in capsys.readouterr().err


async def test_a_ready_model_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    await show_models(changes(replace(CARD, state=ModelState.READY)))
    assert capsys.readouterr().err == ""


async def test_a_models_name_cannot_contain_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    named = replace(CARD, name="evil\x1b[2J\nforged", state=ModelState.LOADING)
    detail: dict[str, str | int] = {"file": "evil\x1b[2J\nforged.gguf"}
    missing = InferenceError(InferenceErrorCode.MODEL_FILE_MISSING, "gone", detail=detail)
    await show_models(changes(named, replace(named, state=ModelState.FAILED, error=missing)))
    printed = capsys.readouterr().err
    assert "evil" in printed
    assert "\x1b[2J" not in printed
    assert "\nforged" not in printed
