"""What a phone needs to put the page on its home screen."""

from __future__ import annotations

import json

from tests.e2e.chat_page import ChatPage

SIZES = {"icon-192.png": 192, "icon-512.png": 512, "icon-maskable-512.png": 512}
DRAWN_SIZE = """async source => {
  const picture = new Image()
  picture.src = source
  await picture.decode()
  return picture.naturalWidth
}"""
TYPE = "async address => (await fetch(address)).headers.get('content-type')"


async def test_the_browser_takes_the_manifest_and_its_icons(phone: ChatPage) -> None:
    devtools = await phone.page.context.new_cdp_session(phone.page)
    found = await devtools.send("Page.getAppManifest")
    assert found["errors"] == []
    assert await phone.page.evaluate(TYPE, found["url"]) == "application/manifest+json"
    manifest = json.loads(found["data"])
    drawn = {
        icon["src"]: await phone.page.evaluate(DRAWN_SIZE, f"/static/h5/{icon['src']}")
        for icon in manifest["icons"]
    }
    assert {name: drawn[name] for name in SIZES} == SIZES


async def test_an_iphone_finds_its_icon(phone: ChatPage) -> None:
    link = phone.page.locator("link[rel=apple-touch-icon]")
    assert await phone.page.evaluate(DRAWN_SIZE, await link.get_attribute("href")) == 180
