import { expect, it } from 'vitest'
import type { Knob, NumberKnob, NumberName } from './knobs'
import {
  knownOptions,
  OTHER_KNOBS,
  readNumber,
  readWords,
  stepped,
  USUAL_KNOBS,
  withOption,
} from './knobs'

const isNumber = (knob: Knob): knob is NumberKnob => knob.kind === 'number'

function knob(name: NumberName): NumberKnob {
  const found = [...USUAL_KNOBS, ...OTHER_KNOBS].filter(isNumber).find((one) => one.name === name)
  if (!found) throw new Error(name)
  return found
}

it.each([
  ['0.7', 0.7],
  [' 0,7 ', 0.7],
  ['０．７', 0.7],
  ['5', 5],
  ['5.1', null],
  ['-0.1', null],
  ['', null],
  ['warm', null],
  ['Infinity', null],
])('reads the temperature %j as %j', (typed, read) => {
  expect(readNumber(typed, knob('temperature'))).toBe(read)
})

it('takes whole numbers alone where tokens are counted', () => {
  expect(readNumber('512', knob('max_new_tokens'))).toBe(512)
  expect(readNumber('0.5', knob('max_new_tokens'))).toBeNull()
  expect(readNumber('0', knob('max_new_tokens'))).toBeNull()
})

it('takes no share of nothing', () => {
  expect(readNumber('0', knob('top_p'))).toBeNull()
})

it('begins to step at what is usual', () => {
  expect(stepped(null, knob('temperature'), 1)).toBe(0.7)
})

it('steps without the dust of binary fractions', () => {
  expect(stepped(0.7, knob('temperature'), 1)).toBe(0.8)
  expect(stepped(0.2, knob('temperature'), 1)).toBe(0.3)
  expect(stepped(0.05, knob('min_p'), 1)).toBe(0.06)
})

it('steps from between two steps to the next', () => {
  expect(stepped(300, knob('max_new_tokens'), 1)).toBe(512)
})

it('never steps outside', () => {
  expect(stepped(5, knob('temperature'), 1)).toBe(5)
  expect(stepped(0, knob('temperature'), -1)).toBe(0)
  expect(stepped(256, knob('max_new_tokens'), -1)).toBe(1)
})

it('reads a stop string a line and keeps its spaces', () => {
  expect(readWords('\n\nUser:\n 结束 \n')).toEqual(['User:', ' 结束 '])
})

it('refuses more stop strings, and longer ones, than the server takes', () => {
  expect(readWords(Array(9).fill('x').join('\n'))).toBeNull()
  expect(readWords('x'.repeat(65))).toBeNull()
})

it('keeps of what was stored only what the server would take', () => {
  const stored = { temperature: 9, top_p: 0.9, top_k: '40', stop: [], warmth: 1, min_p: NaN }
  expect(knownOptions(stored)).toEqual({ top_p: 0.9 })
  expect(knownOptions('nonsense')).toEqual({})
})

it('sets an option and leaves it to the model again', () => {
  const set = withOption({ top_p: 0.9 }, 'enable_thinking', false)
  expect(set).toEqual({ top_p: 0.9, enable_thinking: false })
  expect(withOption(set, 'top_p', null)).toEqual({ enable_thinking: false })
})
