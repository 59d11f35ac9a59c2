import { expect, it } from 'vitest'
import type { OfferedModel } from '../protocol/rest'
import { testDownload, testModel } from '../testing/model'
import { modelFacts } from './modelFacts'

const model = testModel({ id: 'a', name: 'A', default: true, context_tokens: 32768 })

const doing = (change: Partial<OfferedModel>): OfferedModel => ({
  ...model,
  backend: 'llama_cpp',
  running: 0,
  waiting: 0,
  tokens_per_second: null,
  ...change,
})

it('tells what runs, what waits, how fast, and how much it reads', () => {
  const busy = doing({ running: 2, waiting: 1, tokens_per_second: 41.6 })
  expect(modelFacts(model, busy)).toEqual([
    { key: 'models.facts.running', values: { count: 2 } },
    { key: 'models.facts.waiting', values: { count: 1 } },
    { key: 'models.facts.speed', values: { rate: '42' } },
    { key: 'models.facts.context', values: { tokens: '32K' } },
  ])
})

it('tells of an idle one no numbers that mean nothing', () => {
  expect(modelFacts({ ...model, context_tokens: null }, doing({}))).toEqual([])
})

it('tells a slow one’s rate more finely', () => {
  const slow = doing({ tokens_per_second: 3.14 })
  expect(modelFacts({ ...model, context_tokens: 2000 }, slow)).toEqual([
    { key: 'models.facts.speed', values: { rate: '3.1' } },
    { key: 'models.facts.context', values: { tokens: '2.0k' } },
  ])
})

it('needs no word of the server', () => {
  expect(modelFacts({ ...model, context_tokens: 512 }, null)).toEqual([
    { key: 'models.facts.context', values: { tokens: '512' } },
  ])
})

it('says how large a model is before it is downloaded', () => {
  const absent = { ...model, context_tokens: null, state: 'absent' as const }
  const download = testDownload(0, 98_362_432)
  expect(modelFacts({ ...absent, download }, null)).toEqual([
    { key: 'models.facts.download', values: { size: '98 MB' } },
  ])
  expect(modelFacts(absent, null)).toEqual([])
})

it('says when a model speaks English only', () => {
  const english = { ...model, context_tokens: null, languages: ['en'] }
  expect(modelFacts(english, null)).toEqual([{ key: 'models.facts.english', values: {} }])
  expect(modelFacts({ ...english, languages: ['zh', 'en'] }, null)).toEqual([])
})
