import { expect, it } from 'vitest'
import { joinedFacts } from './facts'

it('breaks a row of facts after the dot, never before it', () => {
  expect(joinedFacts(['491 MB', 'Q4_K_M'])).toBe('491 MB\u00a0· Q4_K_M')
})
