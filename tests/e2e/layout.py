"""What does not fit on the opened page: text that is cut off, covered or wider than the screen."""

from __future__ import annotations

from playwright.async_api import Page

_MISFITS = """() => {
  const shown = [...document.querySelectorAll('body *')].filter(it =>
    !it.closest('[inert], [aria-hidden=true], .katex, pre, .spoken, svg, script, style') &&
    it.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }))
  const name = it => {
    const words = (it.innerText ?? '').trim().replace(/\\s+/g, ' ').slice(0, 40)
    return `<${it.localName} class="${String(it.className).slice(0, 40)}"> ${words}`
  }
  const scrolls = (it, axis) => /auto|scroll/.test(getComputedStyle(it)['overflow' + axis])
  const within = (it, test) => {
    for (let at = it; at && at !== document.body; at = at.parentElement) if (test(at)) return at
    return null
  }
  const found = []
  if (document.scrollingElement.scrollWidth > innerWidth + 1) found.push('the page scrolls sideways')
  for (const it of shown) {
    const style = getComputedStyle(it)
    const wide = it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 1
    const high = it.scrollHeight > it.clientHeight + 1 && it.clientHeight > 1
    if (style.display !== 'inline' && wide && /auto|scroll/.test(style.overflowX) &&
        !it.matches('.table, .scroll, [class*=table], [class*=code], [class*=math]'))
      found.push(`scrolls sideways: ${name(it)}`)
    const isCut = /hidden|clip/.test(style.overflowX) && wide && style.textOverflow !== 'ellipsis' ||
      /hidden|clip/.test(style.overflowY) && high && style.webkitLineClamp === 'none' &&
      style.textOverflow !== 'ellipsis'
    if (isCut && it.innerText?.trim() && !it.matches('.chat, .main, body, html, uni-page-body, uni-page, uni-app, uni-page-wrapper'))
      found.push(`cuts: ${name(it)}`)
    if (style.textOverflow === 'ellipsis' && it.scrollWidth > it.clientWidth + 1 && ELLIPSES)
      found.push(`ellipsis: ${name(it)}`)
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const it = texts.currentNode.parentElement
    if (!texts.currentNode.data.trim() || !shown.includes(it)) continue
    const range = document.createRange()
    range.selectNodeContents(texts.currentNode)
    for (const box of range.getClientRects()) {
      if (box.width < 2) continue
      const sideways = within(it, at => scrolls(at, 'X') && at.scrollWidth > at.clientWidth + 1)
      if ((box.right > innerWidth + 1 || box.left < -1) && !sideways && !within(it, at => getComputedStyle(at).textOverflow === 'ellipsis')) {
        found.push(`sticks out: ${name(it)}`)
        break
      }
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2
      const frame = within(it, at => scrolls(at, 'Y'))?.getBoundingClientRect()
      if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) continue
      if (frame && (y < frame.top || y > frame.bottom)) continue
      const over = document.elementFromPoint(x, y)
      if (over && !it.contains(over) && !over.contains(it)) {
        found.push(`covered by ${name(over)}: ${name(it)}`)
        break
      }
    }
  }
  return [...new Set(found)]
}"""


async def misfits(page: Page, ellipses: bool = False) -> list[str]:
    found: list[str] = await page.evaluate(_MISFITS.replace("ELLIPSES", "true" if ellipses else "false"))
    return found
