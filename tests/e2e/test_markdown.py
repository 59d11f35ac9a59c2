"""What a model writes, as a person sees it: footnotes, diagrams, code, and no payload alive."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import Dialog, expect

from tests.e2e.chat_page import ChatPage
from tests.e2e.chromium import NAME
from tests.e2e.conftest import OpenPage
from tests.e2e.markdown_models import HOSTILE, MODELS
from tests.live.live_server import LiveServer

LIVE = """root => [...root.querySelectorAll('*')].flatMap(element => [
  ...[...element.attributes]
    .filter(({ name, value }) =>
      name.startsWith('on') || /^\\s*(javascript|vbscript|data:text)/i.test(value))
    .map(({ name, value }) => `${element.tagName} ${name}=${value}`),
  ...(/^(SCRIPT|IFRAME|OBJECT|EMBED|FORM|META|LINK|BASE|A|svg|FOREIGNOBJECT)$/i.test(element.tagName)
    ? [element.outerHTML.slice(0, 200)] : []),
])"""
"""What could run or be followed by itself. Links of ours are text that listens."""


@pytest.fixture(scope="module")
def writers(tmp_path_factory: pytest.TempPathFactory, page_folder: Path) -> Iterator[LiveServer]:
    names = ",".join(f"scripted/{model.name}" for model in MODELS)
    with LiveServer(
        tmp_path_factory.mktemp("writers"),
        ("-m", "tests.e2e.markdown_models"),
        PAGE_DIR=page_folder,
        HOSTS=NAME,
        MODELS=names,
    ) as server:
        yield server


async def answered(open_page: OpenPage, writers: LiveServer, model: str) -> ChatPage:
    phone = await open_page(writers.port)
    await phone.ask("写吧", f"scripted/{model}")
    await phone.is_("completed")
    return phone


async def noted(phone: ChatPage) -> tuple[list[str], list[str]]:
    """The messages of all dialogs and the addresses of all pages that will be opened."""
    dialogs: list[str] = []
    opened: list[str] = []

    async def see(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        await dialog.dismiss()

    def hear(address: str) -> None:
        opened.append(address)

    phone.page.on("dialog", see)
    await phone.page.expose_function("noteOpened", hear)
    await phone.page.evaluate(
        "() => { window.open = address => { window.noteOpened(address); return null } }"
    )
    return dialogs, opened


async def test_no_payload_lives(open_page: OpenPage, writers: LiveServer) -> None:
    phone = await open_page(writers.port)
    dialogs, opened = await noted(phone)
    await phone.ask("写吧", "scripted/hostile")
    await phone.is_("completed")
    await expect(phone.answer.locator(".block-heading-3")).to_have_count(len(HOSTILE))
    await expect(phone.answer.get_by_test_id("diagram").first).to_be_visible()
    await expect(phone.answer.get_by_text("正在绘制")).to_have_count(0)
    assert await phone.answer.evaluate(LIVE) == []
    for link in await phone.answer.get_by_role("link").all():
        await link.click()
    assert opened
    assert all(address.startswith("https://") for address in opened)
    assert dialogs == []
    assert phone.watch.strangers == []
    assert phone.page.context.pages == [phone.page]


async def test_pictures_of_strangers_wait_for_a_tap(
    open_page: OpenPage, writers: LiveServer
) -> None:
    phone = await answered(open_page, writers, "hostile")
    await expect(phone.answer.locator(".picture-offer").nth(3)).to_be_attached()
    assert await phone.answer.locator("img[src^=http]").count() == 0


async def test_diagrams_are_drawn_and_their_source_is_a_tap_away(
    open_page: OpenPage, writers: LiveServer
) -> None:
    phone = await answered(open_page, writers, "diagrams")
    await expect(phone.answer.get_by_test_id("diagram")).to_have_count(3)
    pictures = phone.answer.locator("[data-testid=diagram] img")
    widths = await pictures.evaluate_all("all => all.map(one => one.naturalWidth)")
    assert all(width > 100 for width in widths)
    await expect(phone.answer.get_by_test_id("diagram-note")).to_contain_text("无法显示这张图表")
    code = phone.answer.get_by_test_id("code").first
    await code.get_by_role("button", name="显示源码").click()
    await expect(code).to_contain_text("flowchart TD")
    await code.get_by_role("button", name="显示图表").click()
    await expect(code.get_by_test_id("diagram")).to_be_visible()


async def test_long_lines_of_code_wrap_on_demand(open_page: OpenPage, writers: LiveServer) -> None:
    phone = await answered(open_page, writers, "diagrams")
    code = phone.answer.get_by_test_id("code").last
    overflows = "one => one.scrollWidth > one.clientWidth"
    assert await code.locator(".code-body").evaluate(overflows)
    await code.get_by_role("button", name="长行换行").click()
    assert not await code.locator(".code-body").evaluate(overflows)


async def test_a_footnote_opens_where_it_is_referred_to(
    open_page: OpenPage, writers: LiveServer
) -> None:
    phone = await answered(open_page, writers, "notes")
    await phone.answer.get_by_role("button", name="脚注 sea").click()
    await expect(phone.answer.get_by_role("note")).to_have_text(
        "海面反射天空。 纯水本身也略带蓝色。"
    )
    await expect(phone.answer.locator(".marker-note")).to_have_text(["1", "sea"])


async def test_the_sign_of_a_root_has_the_colour_of_the_text_in_the_dark(
    open_page: OpenPage, writers: LiveServer
) -> None:
    phone = await open_page(writers.port, color_scheme="dark")
    await phone.ask("写吧", "scripted/notes")
    await phone.is_("completed")
    sign = phone.answer.locator(".svg-mask").first
    colours = "one => [getComputedStyle(one).backgroundColor, getComputedStyle(one).color]"
    ground, text = await sign.evaluate(colours)
    assert ground == text != "rgb(0, 0, 0)"


COPIED = """() => {
  const answer = document.querySelector('[data-testid=message-assistant] .markdown');
  window.getSelection().selectAllChildren(answer);
  const data = new DataTransfer();
  const copy = new ClipboardEvent('copy', { clipboardData: data, bubbles: true, cancelable: true });
  answer.dispatchEvent(copy);
  return data.getData('text/plain');
}"""


async def test_a_copied_formula_is_its_tex(open_page: OpenPage, writers: LiveServer) -> None:
    phone = await answered(open_page, writers, "written")
    await expect(phone.page.locator(".math .katex").first).to_be_visible()
    copied = await phone.page.evaluate(COPIED)
    assert "能量 $E=mc^2$ 守恒" in copied
    assert "$$a^2 + b^2\n\n= c^2$$" in copied
    assert "\u200b" not in copied


async def test_what_is_folded_opens_and_arabic_runs_from_the_right(
    open_page: OpenPage, writers: LiveServer
) -> None:
    phone = await answered(open_page, writers, "written")
    await phone.page.reload()
    fold, hidden = phone.page.get_by_test_id("fold"), phone.page.get_by_text("四十二")
    await expect(fold).to_have_attribute("aria-expanded", "false")
    await expect(hidden).to_be_hidden()
    await fold.click()
    await expect(hidden).to_be_visible()
    await expect(phone.page.locator(".run-sub")).to_have_text("2")

    item = phone.page.locator(".block-rtl").first
    marker, words = item.locator(".marker-number"), item.locator(".block-content")
    await expect(marker).to_have_text("1.")
    right, left = await marker.bounding_box(), await words.bounding_box()
    assert right is not None
    assert left is not None
    assert right["x"] > left["x"]
    for code in (phone.page.locator(".run-code"), phone.page.locator(".code-block")):
        assert await code.evaluate("element => getComputedStyle(element).direction") == "ltr"
