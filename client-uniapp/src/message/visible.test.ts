import { expect, it } from 'vitest'
import { hasVisible } from './visible'

it.each(['', ' \n', '\u200b', '\ufeff\u2060', '\ufe0f', '\u202e', '\u3164\u2800', '\u{e0067}'])(
  'sees nothing in %j',
  (text) => expect(hasVisible(text)).toBe(false),
)

it.each(['a\u200b', '👨‍👩‍👧', '。'])('sees something in %j', (text) => {
  expect(hasVisible(text)).toBe(true)
})
