import { describe, expect, it } from 'vitest'
import type { KeyPress, ShortcutName } from './shortcuts'
import { keysOf, SHORTCUTS, shortcutOf } from './shortcuts'

const k: KeyPress = {
  key: 'k',
  keyCode: 75,
  ctrlKey: true,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  isComposing: false,
}

describe('a press', () => {
  it.each<[string, Partial<KeyPress>, ShortcutName | null]>([
    ['with Ctrl', {}, 'search'],
    ['with a capital letter and Shift', { key: 'O', shiftKey: true }, 'newChat'],
    ['with Shift where none is asked for', { key: 'K', shiftKey: true }, null],
    ['without Ctrl, which writes the letter', { ctrlKey: false }, null],
    ['with Alt, which writes another letter', { altKey: true }, null],
    ['of an input method that is composing', { isComposing: true }, null],
    ['that an input method has taken', { keyCode: 229 }, null],
    ['of Escape', { key: 'Escape', keyCode: 27, ctrlKey: false }, 'stop'],
    ['that switches the input method', { key: ' ', keyCode: 32 }, null],
    ['that switches its punctuation', { key: '.', keyCode: 190 }, null],
  ])('%s', (_name, change, meant) => {
    expect(shortcutOf({ ...k, ...change }, false)).toBe(meant)
  })

  it('with ⌘ on an Apple keyboard, where Ctrl moves in the text', () => {
    expect(shortcutOf({ ...k, ctrlKey: false, metaKey: true }, true)).toBe('search')
    expect(shortcutOf(k, true)).toBeNull()
  })
})

it('names the keys as the keyboard does', () => {
  expect(keysOf(SHORTCUTS[0], false)).toEqual(['Ctrl', 'Shift', 'O'])
  expect(keysOf(SHORTCUTS[0], true)).toEqual(['⌘', '⇧', 'O'])
  expect(keysOf(SHORTCUTS[3], false)).toEqual(['Esc'])
})
