import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ServerFrame } from '../protocol/frames'
import { flushInterval, FrameBatch } from './frameBatch'

const delta = (seq: number): ServerFrame => ({
  type: 'stream',
  run: 'r1',
  seq,
  channel: 'answer',
  content: 'x',
})
const pong: ServerFrame = { type: 'pong' }

function batchTaking(costMs: number) {
  const shown: number[] = []
  const batch = new FrameBatch(async (frames) => {
    shown.push(frames.length)
    vi.setSystemTime(Date.now() + costMs)
  })
  return { batch, shown }
}

beforeEach(() => void vi.useFakeTimers({ now: 1_000 }))
afterEach(() => void vi.useRealTimers())

describe('flush interval', () => {
  it('follows the cost between 50 and 500 ms', () => {
    expect([0, 10, 20, 100, 900].map(flushInterval)).toEqual([50, 50, 60, 300, 500])
  })
})

describe('frame batch', () => {
  it('shows the first delta at once and gathers the next', async () => {
    const { batch, shown } = batchTaking(0)
    batch.push(delta(1))
    batch.push(delta(2))
    batch.push(delta(3))
    expect(shown).toEqual([1])
    await vi.advanceTimersByTimeAsync(50)
    expect(shown).toEqual([1, 2])
  })

  it('shows anything else at once, after what came before', () => {
    const { batch, shown } = batchTaking(0)
    batch.push(delta(1))
    batch.push(delta(2))
    batch.push(pong)
    expect(shown).toEqual([1, 2])
  })

  it('steps more seldom where a step is dear', async () => {
    const { batch, shown } = batchTaking(100)
    batch.push(delta(1))
    await vi.advanceTimersByTimeAsync(0)
    batch.push(delta(2))
    await vi.advanceTimersByTimeAsync(290)
    expect(shown).toEqual([1])
    await vi.advanceTimersByTimeAsync(20)
    expect(shown).toEqual([1, 1])
  })

  it('shows nothing twice', async () => {
    const { batch, shown } = batchTaking(0)
    batch.push(delta(1))
    await batch.flush()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(shown).toEqual([1])
  })
})
