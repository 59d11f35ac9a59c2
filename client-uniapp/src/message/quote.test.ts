import { expect, it } from 'vitest'
import { splitQuote, withQuote } from './quote'

it('puts the quotation before the words', () => {
  expect(withQuote('one\n\ntwo', 'why?')).toBe('> one\n>\n> two\n\nwhy?')
})

it('leaves words without a quotation alone', () => {
  expect(withQuote('', 'why?')).toBe('why?')
})

it.each([
  ['a paragraph', 'one\n\ntwo'],
  ['a quotation in the quotation', '> deep'],
  ['code', '```\n  x = 1\n```'],
])('takes %s apart again', (_name, quote) => {
  expect(splitQuote(withQuote(quote, 'why?\n\nand how?'))).toEqual({ quote, words: 'why?\n\nand how?' })
})

it.each(['why?', '> only a quotation', 'a > b', ''])('finds no quotation in %j', (content) => {
  expect(splitQuote(content)).toEqual({ quote: '', words: content })
})
