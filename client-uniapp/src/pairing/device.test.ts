import { expect, it } from 'vitest'
import { countdown, inThrees } from './clock'
import { kindOf, seen } from './device'

it.each([
  ['iPhone · Safari', 'phone'],
  ['HUAWEI Android', 'phone'],
  ['Android tablet · Chrome', 'tablet'],
  ['iPad · Safari', 'tablet'],
  ['Windows · Edge', 'computer'],
  ['妈妈的手机', 'phone'],
  ['客厅', 'other'],
])('%s is a %s', (name, kind) => {
  expect(kindOf(name)).toBe(kind)
})

const NOW = Date.parse('2026-03-01T12:00:00Z')

it.each([
  [null, 'never', 0],
  ['2026-03-01T12:00:30Z', 'now', 0],
  ['2026-03-01T11:58:30Z', 'now', 0],
  ['2026-03-01T11:50:00Z', 'minutes', 10],
  ['2026-03-01T09:00:00Z', 'hours', 3],
  ['2026-02-20T12:00:00Z', 'days', 9],
])('seen %s is %s ago', (at, key, count) => {
  expect(seen(at, NOW)).toEqual({ key, count })
})

it('counts down as clocks do and groups digits for the eye', () => {
  expect(countdown(600)).toBe('10:00')
  expect(countdown(9)).toBe('0:09')
  expect(inThrees('062754')).toBe('062 754')
})
