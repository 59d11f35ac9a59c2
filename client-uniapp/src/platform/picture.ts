// #ifdef H5
import { usedFontRules } from './fontRules'
// #endif

/** Pictures of what the page shows, drawn on this device: nothing is sent anywhere. */

/** Why no picture can be drawn here, a sentence of the locale, or null. */
export function pictureTrouble(): string | null {
  // #ifdef H5
  return null
  // #endif
  // #ifndef H5
  return 'message.noPicture'
  // #endif
}

/**
 * The first element matching `selector` as a PNG file's address, once it has come to rest. Null
 * where it is larger than browsers draw.
 */
export async function drawPicture(selector: string): Promise<string | null> {
  // #ifdef H5
  const element = document.querySelector<HTMLElement>(selector)
  if (!element) return null
  await atRest(element)
  const scale = scaleFor(element.offsetWidth, element.offsetHeight)
  if (scale < 1) return null
  const { domToBlob } = await import('modern-screenshot')
  const backgroundColor = getComputedStyle(element).backgroundColor
  const cssText = await usedFontRules()
  const font = cssText === '' ? (false as const) : { cssText }
  const blob = await domToBlob(element, { scale, backgroundColor, font, filter: isNoButton })
  return URL.createObjectURL(blob)
  // #endif
  // #ifndef H5
  return selector && null
  // #endif
}

export function savePicture(address: string, name: string): void {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // #endif
}

export function forgetPicture(address: string): void {
  // #ifdef H5
  URL.revokeObjectURL(address)
  // #endif
}

/** The largest that phones' browsers draw. */
const LONGEST_PX = 16_000
const MOST_PX = 16_000_000

/** Two pixels for one where there is room; less than one could not be read. */
export function scaleFor(width: number, height: number): number {
  return Math.min(2, LONGEST_PX / height, Math.sqrt(MOST_PX / (width * height)))
}

// #ifdef H5
const STILL_MS = 250
const PATIENCE_MS = 4_000

/** Nobody can press anything in a picture. */
function isNoButton(node: Node): boolean {
  return !(node instanceof Element && node.getAttribute('role') === 'button')
}

/** Formulas, highlighting and fonts come a moment later than the text. */
async function atRest(element: HTMLElement): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS
  await document.fonts.ready
  let before = ''
  while (before !== element.innerHTML && Date.now() < deadline) {
    before = element.innerHTML
    await new Promise((resolve) => setTimeout(resolve, STILL_MS))
  }
  await document.fonts.ready
}
// #endif
