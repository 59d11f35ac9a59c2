import { expect, it } from 'vitest'
import { joinedFacts } from '../locale/facts'
import { testDownload, testModel } from '../testing/model'
import { isToLoad, stateNote } from './stateNote'

const download = testDownload(167_900_000, 491_400_064)

it('tells how far and how fast a download is', () => {
  const fast = download && { ...download, bytes_per_second: 5_200_000 }
  const model = testModel({ state: 'fetching', progress: 0.34, download: fast })
  expect(stateNote(model)).toEqual({
    key: 'model.fetching',
    values: { percent: joinedFacts(['34%', '167/491 MB', '5.2 MB/s']) },
  })
})

it('tells a paused download from a missing one', () => {
  const paused = download && { ...download, paused: true }
  expect(stateNote(testModel({ state: 'absent', download: paused })).key).toBe('model.paused')
  expect(stateNote(testModel({ state: 'absent', download })).key).toBe('model.absent')
})

it.each([
  ['unloaded', true, true],
  ['failed', true, true],
  ['ready', true, false],
  ['absent', true, false],
  ['unloaded', false, false],
] as const)('a model that is %s and local: %s is to be loaded: %s', (state, local, expected) => {
  expect(isToLoad(testModel({ state, local }))).toBe(expected)
})
