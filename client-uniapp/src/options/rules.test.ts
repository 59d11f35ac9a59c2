import { expect, it } from 'vitest'
import type { OptionRule } from '../protocol/frames'
import { testModel } from '../testing/model'
import { USUAL_KNOBS } from './knobs'
import { isUsable, restricted, restrictionOf, toSend } from './rules'

const rule = (name: string, change: Partial<OptionRule> = {}): OptionRule => ({
  name,
  reason: 'provider',
  low: null,
  high: null,
  ...change,
})
const model = (...rules: OptionRule[]) => testModel({ option_rules: rules })

it('sends everything to a model without rules, and before there is one', () => {
  const options = { temperature: 1.5, stop: ['User:'], enable_thinking: false }
  expect(toSend(options, model())).toEqual({ options })
  expect(toSend(options, null)).toEqual({ options })
})

it('leaves out what the model cannot', () => {
  const options = { temperature: 1.5, top_k: 20 }
  expect(toSend(options, model(rule('top_k')))).toEqual({ options: { temperature: 1.5 } })
  expect(toSend({ top_k: 20 }, model(rule('top_k')))).toEqual({})
})

it.each([
  [1.5, 1],
  [0, 0.1],
  [0.7, 0.7],
])('brings a temperature of %d to %d where it is bounded', (set, sent) => {
  const bounded = model(rule('temperature', { low: 0.1, high: 1 }))
  expect(toSend({ temperature: set }, bounded)).toEqual({ options: { temperature: sent } })
})

it('bounds on one side alone', () => {
  const bounded = model(rule('temperature', { high: 1 }))
  expect(toSend({ temperature: 0 }, bounded)).toEqual({ options: { temperature: 0 } })
  expect(isUsable(restrictionOf(bounded, 'temperature'))).toBe(true)
})

it('lets a knob turn within the bounds only, and begin there', () => {
  const [temperature] = USUAL_KNOBS
  if (!temperature) throw new Error('no knob')
  const narrow = restrictionOf(model(rule('temperature', { low: 0, high: 0.5 })), 'temperature')
  expect(restricted(temperature, narrow)).toMatchObject({ min: 0, max: 0.5, usual: 0.5 })
  expect(restricted(temperature, null)).toBe(temperature)
})
