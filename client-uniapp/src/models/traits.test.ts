import { expect, it } from 'vitest'
import { testModel } from '../testing/model'
import { abilityNotes, hasLanguages, spokenLanguages, traits } from './traits'

it('tells size, quantisation, memory and licence', () => {
  const model = testModel({
    size: 2_497_000_000,
    memory: 3_600_000_000,
    quantisation: 'Q4_K_M',
    licence: 'Apache-2.0',
  })
  expect(traits(model)).toEqual([
    { key: 'trait.size', values: { size: '2.5 GB' } },
    { key: 'trait.as', values: { value: 'Q4_K_M' } },
    { key: 'trait.memory', values: { size: '3.6 GB' } },
    { key: 'trait.licence', values: { value: 'Apache-2.0' } },
  ])
})

it('tells nothing of what is not known', () => {
  expect(traits(testModel())).toEqual([])
  expect(abilityNotes([])).toEqual([])
  expect(hasLanguages({ languages: [] })).toBe(false)
})

it('names Chinese and English first, and counts the others', () => {
  const languages = ['fr', 'en', 'xx', 'zh']
  expect(spokenLanguages({ languages })).toEqual({ named: ['zh', 'en'], count: 4 })
})

it('leaves English alone to the warning that is told of it', () => {
  expect(hasLanguages({ languages: ['en'] })).toBe(false)
  expect(hasLanguages({ languages: ['zh'] })).toBe(true)
})
