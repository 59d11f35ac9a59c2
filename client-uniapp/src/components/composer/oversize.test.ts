import { describe, expect, it } from 'vitest'
import { oversize } from './oversize'

const limits = { frame_bytes: 10 * 1024, runs_per_device: 1, queue_length: 1 }

describe('a text', () => {
  it('fits while its frame does', () => {
    expect(oversize('x'.repeat(9_000), limits)).toBeNull()
  })

  it('is too long in bytes, not in letters', () => {
    expect(oversize('你'.repeat(4_000), limits)).toEqual({ size: 12, limit: 9 })
  })

  it('is not judged before the server has spoken', () => {
    expect(oversize('x'.repeat(99_999), null)).toBeNull()
  })
})
