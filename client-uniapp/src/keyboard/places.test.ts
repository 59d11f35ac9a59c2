import { expect, it } from 'vitest'
import { nextPlace } from './places'

it.each([
  ['ArrowDown', 0, 1],
  ['ArrowDown', 2, 2],
  ['ArrowUp', 2, 1],
  ['ArrowUp', 0, 0],
  ['Home', 2, 0],
  ['End', 0, 2],
  ['Enter', 1, null],
])('%s leads from place %i of three to %s', (key, at, to) => {
  expect(nextPlace(key, at, 3)).toBe(to)
})

it('leads nowhere in an empty list', () => {
  expect(nextPlace('ArrowDown', -1, 0)).toBeNull()
})
