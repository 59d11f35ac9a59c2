import { describe, expect, it } from 'vitest'
import { backoff } from './backoff'

describe('backoff', () => {
  it('doubles from half a second to a quarter of a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 99].map((tries) => backoff(tries, 0))).toEqual([
      500, 1000, 2000, 4000, 8000, 15_000, 15_000,
    ])
  })

  it('takes at most half off', () => {
    expect(backoff(3, 0.999999)).toBe(1000)
    expect(backoff(3, 0.5)).toBe(1500)
  })
})
