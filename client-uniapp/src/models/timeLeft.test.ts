import { expect, it } from 'vitest'
import type { ModelDownload } from '../protocol/frames'
import { timeLeft } from './timeLeft'

const download = (change: Partial<ModelDownload>): ModelDownload => ({
  done: 0,
  total: 1_000,
  source: '',
  bytes_per_second: 100,
  paused: false,
  ...change,
})

it.each([
  [{}, { key: 'model.left.seconds', values: { count: 10 } }],
  [{ done: 999 }, { key: 'model.left.seconds', values: { count: 1 } }],
  [{ bytes_per_second: 10 }, { key: 'model.left.minutes', values: { count: 2 } }],
  [{ bytes_per_second: 0.1 }, { key: 'model.left.hours', values: { count: 3 } }],
])('tells what a download still takes: %j', (change, note) => {
  expect(timeLeft(download(change))).toEqual(note)
})

it.each([{ bytes_per_second: null }, { bytes_per_second: 0 }, { paused: true }])(
  'promises nothing of one that does not move: %j',
  (change) => {
    expect(timeLeft(download(change))).toBeNull()
  },
)

it('has nothing to tell of a model that is here', () => {
  expect(timeLeft(null)).toBeNull()
})
