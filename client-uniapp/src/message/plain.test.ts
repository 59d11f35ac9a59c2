import { expect, it } from 'vitest'
import { plainText } from './plain'

it.each([
  ['emphasis, code and links lose their marks', 'a **b** `c` [d](https://e.f)', 'a b c d'],
  ['headings and paragraphs stand apart', '# a\nb\n\nc', 'a\n\nb\n\nc'],
  ['lists keep their signs and levels', '1. a\n   - b\n2. c', '1. a\n  • b\n2. c'],
  ['tasks keep their boxes', '- [x] a\n- [ ] b', '☑ a\n☐ b'],
  ['code stays as it is', '```py\nif x:\n    y\n```', 'if x:\n    y'],
  ['formulas stay as written', 'so $E=mc^2$', 'so $E=mc^2$'],
  ['tables become columns', '| a | b |\n|-|-|\n| 1 | 2 |', 'a\tb\n1\t2'],
  ['quotations lose their bars', '> a\n\nb', 'a\n\nb'],
])('%s', (_name, markdown, plain) => {
  expect(plainText(markdown)).toBe(plain)
})
