import { expect, it } from 'vitest'
import { costWords } from './cost'

it.each([
  [1.234, 'CNY', '¥1.23'],
  [0.000_002_1, 'USD', '$0.0000021'],
  [0.0042, 'CNY', '¥0.0042'],
  [0.005, 'CNY', '¥0.005'],
  [0, 'USD', '$0.00'],
  [2.5, 'JPY', 'JPY 2.50'],
  [2.5, '', '2.50'],
])('tells %d %s as %s', (cost, currency, words) => {
  expect(costWords(cost, currency)).toBe(words)
})
