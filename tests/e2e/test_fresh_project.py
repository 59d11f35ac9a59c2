"""The wheel in a fresh Django project: what docs/django.md says, and nothing of ours beside it."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.e2e.conftest import PHONE
from tests.e2e.fresh_project import PASSWORD, USER, FreshProject


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> FreshProject:
    made = FreshProject(tmp_path_factory.mktemp("fresh"))
    made.make()
    return made


async def test_its_check_finds_nothing(project: FreshProject) -> None:
    assert "no issues" in project.manage("check", "--fail-level", "WARNING")


async def test_its_test_and_runserver_are_djangos(project: FreshProject) -> None:
    assert "Ran 0 tests" in project.manage("test")
    assert "[staticfiles]" in (told := project.manage("help"))
    assert "runserver" in told.partition("[staticfiles]")[2]
    assert "serve\n" not in told.replace("runserver\n", "").replace("testserver\n", "")


async def test_a_user_who_is_logged_in_chats_in_the_browser(
    project: FreshProject, chromium: Browser
) -> None:
    with project.served() as site:
        context = await chromium.new_context(**PHONE)  # type: ignore[arg-type]
        page = await context.new_page()
        await page.goto(f"{site}/chat/")
        await page.fill("[name=username]", USER)
        await page.fill("[name=password]", PASSWORD)
        await page.click("[type=submit]")
        await page.wait_for_url(f"{site}/chat/")
        await page.get_by_test_id("composer").locator("textarea").fill("你好")
        await page.get_by_test_id("send").click()
        answer = page.get_by_test_id("message-assistant").last
        await expect(answer.get_by_test_id("copy")).to_be_visible()
        await page.reload()
        await expect(page.get_by_test_id("message-user")).to_have_text("你好")
        await context.close()
