"""A hub's model is downloaded first, and is then the backend its files need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from inference.backends.downloaded import DownloadedBackend
from inference.backends.scenarios import SCENARIOS
from inference.backends.scripted import ScriptedBackend
from inference.catalog import download as downloading
from inference.catalog import model_download
from inference.errors import InferenceError, InferenceErrorCode
from inference.types import ChatMessage, Download, GenerationRequest, ModelCard, ModelState
from tests.inference.catalog.repository import GGUF, WEIGHTS, Hubs, hubs

CARD = ModelCard(id="a/b", name="b", backend="hub", slots=2)


class RecordedProgress:
    """What a load reports."""

    def __init__(self) -> None:
        self.states: list[ModelState] = []
        self.downloads: list[Download] = []

    def __call__(
        self, state: ModelState, progress: float | None, download: Download | None = None
    ) -> None:
        self.states.append(state)
        if download is not None:
            self.downloads.append(download)


@pytest.fixture
def both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hubs]:
    monkeypatch.setattr(downloading, "MARGIN_BYTES", 0)
    monkeypatch.setattr(model_download, "MARGIN_BYTES", 0)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with hubs(tmp_path / "models") as made:
        yield made


def backend(both: Hubs, opened: list[Path]) -> DownloadedBackend:
    def make(path: Path) -> ScriptedBackend:
        opened.append(path)
        return ScriptedBackend(SCENARIOS["plain"], 2)

    return DownloadedBackend(CARD, both.download(), make)


async def test_loading_downloads_and_opens_what_came(both: Hubs) -> None:
    both.add(GGUF)
    opened: list[Path] = []
    model, received = backend(both, opened), RecordedProgress()
    assert (model.card.state, model.card.download) == (ModelState.ABSENT, Download(0, 0))
    await model.load(received)
    assert opened == [both.folder / "a--b" / "m-Q4_K_M.gguf"]
    assert received.downloads[-1].done == len(WEIGHTS)
    assert (model.card.id, model.card.name, model.card.backend) == ("a/b", "b", "scripted")
    assert model.card.download is None
    request = GenerationRequest("r", "a/b", "me", (ChatMessage("user", "hello"),))
    assert [event async for event in model.generate(request)]
    await model.close()


async def test_fetching_loads_nothing(both: Hubs) -> None:
    both.add(GGUF)
    model, received = backend(both, []), RecordedProgress()
    await model.fetch(received)
    assert set(received.states) == {ModelState.FETCHING}
    assert model.card.download is None


async def test_what_is_there_is_opened_without_any_hub(both: Hubs) -> None:
    both.add(GGUF)
    both.fetch()
    asked = len(both.modelscope.tokens)
    opened: list[Path] = []
    model = backend(both, opened)
    assert opened
    assert model.card.download is None
    await model.load(RecordedProgress())
    assert len(both.modelscope.tokens) == asked


async def test_a_failure_is_reported_and_retried(both: Hubs) -> None:
    model = backend(both, [])
    with pytest.raises(InferenceError) as caught:
        await model.load(RecordedProgress())
    assert caught.value.code is InferenceErrorCode.HUB_NOT_FOUND
    both.add(GGUF)
    await model.load(RecordedProgress())
