import { expect, it } from 'vitest'
import { digitsOf } from './typedDigits'

it.each([
  ['381 046', '381046'],
  ['062-754', '062754'],
  ['３８１　０４６', '381046'],
  ['abc', ''],
])('reads %j as %j', (typed, digits) => {
  expect(digitsOf(typed)).toBe(digits)
})
