import { nextPlace } from '../keyboard/places'
import type { ShortcutName } from '../keyboard/shortcuts'
import { shortcutOf } from '../keyboard/shortcuts'

/** A real keyboard: browsers on a computer have one, all else is touched. */
export function hasKeyboard(): boolean {
  // #ifdef H5
  return window.matchMedia('(any-pointer: fine)').matches
  // #endif
  // #ifndef H5
  return false
  // #endif
}

export function isApple(): boolean {
  // #ifdef H5
  return /Mac|iPad|iPhone/.test(navigator.platform)
  // #endif
  // #ifndef H5
  return false
  // #endif
}

/**
 * Tells of shortcuts, before anything else on the page hears of the key. The browser's own
 * meaning is dropped where `listener` answers true. Ends with the answer's call.
 */
export function onShortcut(listener: (name: ShortcutName) => boolean): () => void {
  // #ifdef H5
  const onKey = (event: KeyboardEvent) => {
    const name = shortcutOf(event, isApple())
    if (name !== null && listener(name)) event.preventDefault()
  }
  document.addEventListener('keydown', onKey, true)
  return () => document.removeEventListener('keydown', onKey, true)
  // #endif
  // #ifndef H5
  void listener
  return () => undefined
  // #endif
}

/** Puts the keyboard into the field inside of what matches, where there is one. */
export function focusField(selector: string): void {
  // #ifdef H5
  document.querySelector<HTMLElement>(`${selector} :is(input, textarea)`)?.focus()
  // #endif
}

/**
 * In whatever is marked with `data-arrows`, a selector of its items, Up, Down, Home and End move
 * the focus among them. Fields keep these keys. Ends with the answer's call.
 */
export function onArrows(): () => void {
  // #ifdef H5
  document.addEventListener('keydown', walk)
  return () => document.removeEventListener('keydown', walk)
  // #endif
  // #ifndef H5
  return () => undefined
  // #endif
}

// #ifdef H5
function walk(event: KeyboardEvent): void {
  const from = event.target
  if (!(from instanceof HTMLElement) || from instanceof HTMLInputElement) return
  const list = from.closest<HTMLElement>('[data-arrows]')
  if (!list) return
  const items = Array.from(list.querySelectorAll<HTMLElement>(list.dataset.arrows ?? ''))
  const at = items.filter((item) => !isBefore(from, item)).length - 1
  const to = nextPlace(event.key, at, items.length)
  if (to === null) return
  event.preventDefault()
  items[to]?.focus()
}

/** In the order of the document; what lies inside of the other is not before it. */
function isBefore(one: Node, other: Node): boolean {
  return (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
}
// #endif
