import { describe, expect, it } from 'vitest'
import type { EnterPress } from './enterKey'
import { isSending } from './enterKey'

const enter: EnterPress = {
  key: 'Enter',
  keyCode: 13,
  shiftKey: false,
  isCommand: false,
  isComposing: false,
  sinceComposition: Infinity,
  isTouch: false,
  choice: 'device',
}

describe('Enter', () => {
  it.each<[string, Partial<EnterPress>, boolean]>([
    ['sends', {}, true],
    ['with Shift makes a line', { shiftKey: true }, false],
    ['on a touch screen makes a line', { isTouch: true }, false],
    ['while composing confirms the word', { isComposing: true, keyCode: 229 }, false],
    [
      'right after a composition confirms it (Safari)',
      { keyCode: 229, sinceComposition: 3 },
      false,
    ],
    ['with keyCode 229 and no composition sends', { keyCode: 229 }, true],
    [
      'with keyCode 229 long after a composition sends',
      { keyCode: 229, sinceComposition: 900 },
      true,
    ],
    ['makes a line where that was chosen', { choice: 'line' }, false],
    ['with Control sends all the same', { choice: 'line', isCommand: true }, true],
    ['on a touch screen sends where that was chosen', { isTouch: true, choice: 'send' }, true],
    ['with Shift makes a line even then', { shiftKey: true, choice: 'send' }, false],
    ['as another key does nothing', { key: 'a', keyCode: 65 }, false],
  ])('%s', (_name, change, sends) => {
    expect(isSending({ ...enter, ...change })).toBe(sends)
  })
})
