import { expect, it } from 'vitest'
import { choiceOf, limitOf, ownLimits } from './limits'

it.each([
  [null, 'usual'],
  [0, 'none'],
  [20, 'own'],
] as const)('shows a limit of %j as %s, and tells it as it was', (limit, choice) => {
  expect(choiceOf(limit)).toBe(choice)
  expect(limitOf(choice, limit)).toBe(limit)
})

it('has nothing to tell while the number cannot be read', () => {
  expect(limitOf('own', null)).toBeUndefined()
})

it('counts the limits that are not the usual ones, no limit among them', () => {
  const none = { messages_per_minute: null, messages_per_day: null, prompt_tokens: null }
  expect(ownLimits({ ...none, runs_at_once: null })).toBe(0)
  expect(ownLimits({ ...none, runs_at_once: 0, messages_per_day: 50 })).toBe(2)
})
