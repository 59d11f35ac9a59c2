import { expect, it } from 'vitest'
import { joinedFacts } from '../locale/facts'
import { testDownload } from '../testing/model'
import { howFar, percentOf, sizeToDownload } from './howFar'

const download = testDownload(167_900_000, 491_400_064, 'ModelScope')

it('tells the share, the size and the source of a download', () => {
  expect(howFar({ progress: 0.342, download })).toBe(joinedFacts(['34%', '167/491 MB', 'ModelScope']))
})

it('tells the size before there is a source', () => {
  const begun = testDownload(0, 98_362_432)
  expect(howFar({ progress: 0, download: begun })).toBe(joinedFacts(['0%', '0/98 MB']))
})

it('tells the share alone of a model that is loaded, or of an older server', () => {
  expect(howFar({ progress: 0.456, download: null })).toBe('46%')
  expect(howFar({ progress: 0.456 })).toBe('46%')
})

it('tells nothing where nothing is known', () => {
  expect(howFar(null)).toBe('')
  expect(percentOf({ progress: null })).toBe('')
})

it('tells what is still to be downloaded', () => {
  expect(sizeToDownload({ download: testDownload(0, 98_362_432) })).toBe('98 MB')
  expect(sizeToDownload({ download })).toBe('324 MB')
  expect(sizeToDownload({ download: null })).toBe('')
  expect(sizeToDownload(null)).toBe('')
})
