import { describe, expect, it } from 'vitest'

import { share } from './sharing'

describe('share', () => {
  it('gives back the earlier value when nothing changed', () => {
    const before = { a: [1, { b: 'x' }], c: null }
    expect(share(before, { a: [1, { b: 'x' }], c: null })).toBe(before)
  })

  it('keeps what did not change inside what did', () => {
    const before = [{ a: 1 }, { a: 2 }]
    const after = share(before, [{ a: 1 }, { a: 3 }, { a: 4 }])
    expect(after).toEqual([{ a: 1 }, { a: 3 }, { a: 4 }])
    expect(after[0]).toBe(before[0])
  })

  it('sees fields that are gone and kinds that changed', () => {
    expect(share({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 })
    expect(share([1], { 0: 1 })).toEqual({ 0: 1 })
  })
})
