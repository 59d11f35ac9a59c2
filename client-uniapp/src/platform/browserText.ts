/**
 * Makes the page's type follow the text size that is set in the browser. uni-app sizes the root
 * by the page's width, so neither `rem` nor a percentage of it tells; the keyword `medium` does.
 */
export function followBrowserText(): void {
  // #ifdef H5
  const probe = document.createElement('div')
  probe.style.fontSize = 'medium'
  document.body.append(probe)
  const size = parseFloat(getComputedStyle(probe).fontSize)
  probe.remove()
  document.documentElement.style.setProperty('--browser-text', String(textScale(size)))
  // #endif
}

const USUAL_PX = 16
/** Beyond this no line of a phone holds a word. */
const LARGEST = 2

/** What a text size in pixels is to the usual one, within what the page can show. */
export function textScale(px: number): number {
  if (!(px > 0)) return 1
  return Math.min(LARGEST, px / USUAL_PX)
}
