import { afterEach, expect, it, vi } from 'vitest'

import { turn } from './turns'

const seen = vi.hoisted((): string[] => [])
vi.mock('../../platform/drawn', () => ({ drawn: async () => void seen.push('frame') }))
afterEach(() => vi.restoreAllMocks())

it('takes another frame once the work of one has taken its time', async () => {
  let now = 1_000_000
  vi.spyOn(Date, 'now').mockImplementation(() => now)
  const work = async (name: string, ms: number) => {
    await turn()
    seen.push(name)
    now += ms
  }
  await Promise.all([work('a', 5), work('b', 20), work('c', 1), work('d', 1)])
  expect(seen).toEqual(['frame', 'a', 'b', 'frame', 'c', 'd'])
})
