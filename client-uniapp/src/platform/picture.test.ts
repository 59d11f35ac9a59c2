import { expect, it } from 'vitest'
import { scaleFor } from './picture'

it.each([
  ['a short answer', 480, 800, 2],
  ['a long one', 480, 10_000, 1.6],
])('draws %s as sharp as browsers can', (_name, width, height, scale) => {
  expect(scaleFor(width, height)).toBeCloseTo(scale)
})

it('cannot draw what is too long to be read in one picture', () => {
  expect(scaleFor(480, 20_000)).toBeLessThan(1)
})
