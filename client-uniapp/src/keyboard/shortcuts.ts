/**
 * The shortcuts of a keyboard. All but Escape need Ctrl or ⌘, so that they work in the middle of
 * writing, and none is one that Chinese input methods use themselves (Ctrl with space, comma or
 * full stop).
 */
export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
  isComposing: boolean
  keyCode: number
}

export const SHORTCUTS = [
  { name: 'newChat', key: 'o', shift: true, mod: true },
  { name: 'search', key: 'k', shift: false, mod: true },
  { name: 'write', key: 'j', shift: false, mod: true },
  { name: 'stop', key: 'Escape', shift: false, mod: false },
  { name: 'list', key: '/', shift: false, mod: true },
] as const

export type Shortcut = (typeof SHORTCUTS)[number]
export type ShortcutName = Shortcut['name']

/** What an input method reports for keys that are its own. */
const BELONGS_TO_INPUT_METHOD = 229

/** The shortcut this press means, if any. On Apple's keyboards ⌘ stands for Ctrl. */
export function shortcutOf(press: KeyPress, isApple: boolean): ShortcutName | null {
  if (press.isComposing || press.keyCode === BELONGS_TO_INPUT_METHOD || press.altKey) return null
  const mod = isApple ? press.metaKey : press.ctrlKey
  const other = isApple ? press.ctrlKey : press.metaKey
  if (other) return null
  const meant = SHORTCUTS.find(
    (one) =>
      one.key.toLowerCase() === press.key.toLowerCase() &&
      one.mod === mod &&
      one.shift === press.shiftKey,
  )
  return meant?.name ?? null
}

/** What is written on the keys. */
export function keysOf({ key, shift, mod }: Shortcut, isApple: boolean): string[] {
  const names = [nameOf(key)]
  if (shift) names.unshift(isApple ? '⇧' : 'Shift')
  if (mod) names.unshift(isApple ? '⌘' : 'Ctrl')
  return names
}

function nameOf(key: string): string {
  return key === 'Escape' ? 'Esc' : key.toUpperCase()
}
