import { expect, it } from 'vitest'
import type { Model } from '../protocol/frames'
import { testDownload, testModel } from '../testing/model'
import { wholeModel } from './wholeModel'

it('takes a model of an older server for a local one without rules', () => {
  const { id, name, state, notes } = testModel({ id: 'old' })
  const old = { id, name, state, default: true, builtin: false, notes } as unknown as Model
  expect(wholeModel(old)).toMatchObject({
    id: 'old',
    local: true,
    provider: '',
    option_rules: [],
    abilities: [],
    languages: [],
    download: null,
  })
})

it('takes a download of an older server for one that runs at an unknown rate', () => {
  const download = { done: 1, total: 2, source: '' } as unknown as Model['download']
  expect(wholeModel(testModel({ download })).download).toEqual(testDownload(1, 2))
})

it('changes nothing that was told', () => {
  const model = testModel({ local: false, provider: 'DeepSeek', download: testDownload(1, 2) })
  expect(wholeModel(model)).toEqual(model)
})
