import { expect, it } from 'vitest'
import { bytesWords, rateWords, shareWords } from './bytes'

it.each([
  [98_362_432, '98 MB'],
  [999_000_000, '999 MB'],
  [2_497_000_000, '2.5 GB'],
])('tells %i bytes as %s', (bytes, words) => {
  expect(bytesWords(bytes)).toBe(words)
})

it('tells a share in the unit of the whole', () => {
  expect(shareWords(167_900_000, 491_400_064)).toBe('167/491 MB')
  expect(shareWords(120_000_000, 2_497_000_000)).toBe('0.1/2.5 GB')
})

it('tells a slow rate more finely', () => {
  expect(rateWords(340_000)).toBe('340 KB/s')
  expect(rateWords(11_340_000)).toBe('11.3 MB/s')
})
