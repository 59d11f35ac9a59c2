import { expect, it } from 'vitest'
import { storedConversation } from '../testing/tree'
import { grouped } from './groups'

const NOW = new Date(2026, 4, 20, 0, 30)
const at = (id: string, ...[month, day, hour]: [number, number, number]) => ({
  ...storedConversation(id),
  updated_at: new Date(2026, month, day, hour).toISOString(),
})

it('groups by the days of this device’s calendar, in the list’s order', () => {
  const pinned = { ...at('p', 0, 1, 0), pinned_at: '2026-01-01T00:00:00Z' }
  const list = [
    pinned,
    at('now', 4, 20, 0),
    at('an hour ago', 4, 19, 23),
    at('6 days', 4, 14, 12),
    at('7 days', 4, 13, 12),
    at('long', 1, 1, 12),
  ]
  const groups = grouped(list, NOW).map(({ name, conversations }) => [name, conversations[0]?.id])
  expect(groups).toEqual([
    ['pinned', 'p'],
    ['today', 'now'],
    ['yesterday', 'an hour ago'],
    ['week', '6 days'],
    ['month', '7 days'],
    ['older', 'long'],
  ])
})

it('keeps what was said on one day together', () => {
  const days = grouped([at('a', 4, 20, 0), at('b', 4, 20, 0)], NOW)
  expect(days.map(({ conversations }) => conversations.length)).toEqual([2])
})
