import { expect, it } from 'vitest'
import { textScale } from './browserText'

it.each([
  [16, 1],
  [20, 1.25],
  [32, 2],
  [64, 2],
  [NaN, 1],
])('makes of a browser’s %s px a scale of %s', (px, scale) => {
  expect(textScale(px)).toBe(scale)
})
