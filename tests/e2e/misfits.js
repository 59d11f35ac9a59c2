/** What does not fit on the opened page, one line for each thing found. */
() => {
  const UNSEEN = '[inert], [aria-hidden=true], .katex, svg, script, style, .spoken'
  /** Wide things that scroll by themselves, as their readers expect. */
  const WIDE = 'pre, table, [class*=table], [class*=code], [class*=math], [class*=diagram]'
  const BUTTONS = '[role=button], [role=link]'
  /** These lie over what is below them, until they are closed. */
  const ABOVE = '.scrim, .toast, .hint'
  const SLACK = 2

  const style = it => getComputedStyle(it)
  const isCut = it => /hidden|clip/.test(style(it).overflowX + style(it).overflowY)
  const isShortened = it =>
    style(it).textOverflow === 'ellipsis' || style(it).webkitLineClamp !== 'none'
  const frames = it => {
    const found = []
    for (let at = it; at && at !== document.body; at = at.parentElement) {
      if (style(at).overflowX !== 'visible' || style(at).overflowY !== 'visible') found.push(at)
    }
    return found
  }
  const words = it => (it.innerText ?? it.textContent).trim().replace(/\s+/g, ' ').slice(0, 50)
  const name = it => `${it.localName}.${String(it.className).split(' ').join('.')} "${words(it)}"`
  const isForReaders = it => style(it).clipPath === 'inset(50%)'
  const isSeen = it =>
    it.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true }) && !isForReaders(it)

  const found = new Set()
  // A point hits what lies on top, also where a tap would go through.
  const solid = document.createElement('style')
  solid.textContent = '* { pointer-events: auto !important }'
  document.head.append(solid)
  if (document.scrollingElement.scrollWidth > innerWidth + SLACK) found.add('the page scrolls')

  for (const it of document.querySelectorAll('body *')) {
    if (it.closest(UNSEEN) || it.closest(WIDE) || !isSeen(it)) continue
    const isWider = it.scrollWidth > it.clientWidth + SLACK && it.clientWidth > SLACK
    if (isWider && /auto|scroll/.test(style(it).overflowX)) found.add(`scrolls sideways: ${name(it)}`)
  }

  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const text = texts.currentNode
    const it = text.parentElement
    if (!text.data.trim() || it.closest(UNSEEN) || it.closest(WIDE) || !isSeen(it)) continue
    if (/placeholder/.test(it.className) || it.closest('textarea')) continue
    const range = document.createRange()
    range.selectNodeContents(text)
    const around = frames(it)
    const shortened = around.some(isShortened)
    const lines = [...range.getClientRects()].filter(({ width }) => width > 1)
    const letters = [...text.data.trim()].length
    if (lines.length > 3 && letters < 2 * lines.length) found.add(`squeezed: ${name(it)}`)
    for (const line of lines) {
      const isIn = frame => {
        const box = frame.getBoundingClientRect()
        return line.left >= box.left - SLACK && line.right <= box.right + SLACK
      }
      if (shortened) continue
      if (line.right > innerWidth + SLACK || line.left < -SLACK) found.add(`sticks out: ${name(it)}`)
      const cutter = around.find(frame => isCut(frame) && !isIn(frame))
      if (cutter) found.add(`cut by ${name(cutter)}: ${name(it)}`)
      const button = it.closest(BUTTONS)
      if (button && !isIn(button)) found.add(`beyond its button: ${name(it)}`)
    }
    const line = lines[0]
    if (!line) continue
    const x = (line.left + line.right) / 2
    const y = (line.top + line.bottom) / 2
    const isThere = [...around, document.documentElement].every(frame => {
      const box = frame.getBoundingClientRect()
      return x >= box.left && x <= box.right && y >= box.top && y <= Math.min(box.bottom, innerHeight)
    })
    if (!isThere) continue
    const over = document.elementFromPoint(x, y)
    if (over && !it.contains(over) && !over.contains(it) && !over.closest(ABOVE))
      found.add(`covered by ${name(over)}: ${name(it)}`)
  }
  solid.remove()
  return [...found]
}
