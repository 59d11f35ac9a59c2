import { expect, it } from 'vitest'
import { testModel } from '../testing/model'
import { canSwitchThinking, thinkingOf } from './thinking'

const rule = { name: 'enable_thinking', reason: 'reasoning' as const, low: null, high: null }
const reasoning = testModel({ abilities: ['reasoning'] })

it.each([
  ['no model', null, false],
  ['one that cannot think', testModel({}), false],
  ['one that can', reasoning, true],
  ['one that always thinks', { ...reasoning, option_rules: [rule] }, false],
])('is switched for %s: %#', (_name, model, isSwitched) => {
  expect(canSwitchThinking(model)).toBe(isSwitched)
})

it('is what was chosen', () => {
  expect(thinkingOf({ enable_thinking: true }, reasoning)).toBe('on')
  expect(thinkingOf({ enable_thinking: false }, reasoning)).toBe('off')
})

it('is on by default where the chat template says so, and left open at a provider’s', () => {
  expect(thinkingOf({}, reasoning)).toBe('on')
  expect(thinkingOf({}, { ...reasoning, local: false })).toBe('byModel')
})
