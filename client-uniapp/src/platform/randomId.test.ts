import { afterEach, describe, expect, it, vi } from 'vitest'
import { randomId } from './randomId'

afterEach(() => void vi.unstubAllGlobals())

describe.each([
  ['a browser', () => undefined],
  ['a place without crypto', () => void vi.stubGlobal('crypto', undefined)],
])('an id from %s', (_name, prepare) => {
  it('has 32 hexadecimal digits and differs from the next', () => {
    prepare()
    const ids = new Set(Array.from({ length: 100 }, randomId))
    expect(ids.size).toBe(100)
    ids.forEach((id) => expect(id).toMatch(/^[0-9a-f]{32}$/))
  })
})
