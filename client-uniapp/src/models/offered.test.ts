import { expect, it } from 'vitest'
import { foundModel, offeredEntry } from '../testing/catalog'
import { entryFacts, foundWords, inOrder, isAddable } from './offered'

it('tells how fast it would be, what it takes and how much it reads', () => {
  expect(entryFacts(offeredEntry({ context_tokens: 32768 }))).toEqual([
    { key: 'offer.speed', values: { rate: '9.4' } },
    { key: 'offer.memory', values: { size: '3.5 GB' } },
    { key: 'offer.context', values: { tokens: '32K' } },
  ])
})

it('promises no speed before one was measured', () => {
  const fit = { verdict: 'fits' as const, memory: 3_500_000_000, tokens_per_second: null }
  expect(entryFacts(offeredEntry({ fit })).map(({ key }) => key)).toEqual(['offer.memory'])
})

it.each([
  ['fits', true],
  ['tight', true],
  ['too_large', false],
  ['no_disk', false],
] as const)('lets nothing be downloaded that would not fit: %s, %s', (verdict, expected) => {
  const fit = { verdict, memory: 1, tokens_per_second: null }
  expect(isAddable(offeredEntry({ fit }))).toBe(expected)
})

it('lets a model be downloaded that can chat, though it cannot see here yet', () => {
  const unusable = '还不能看图，只能聊文字'
  expect(isAddable(offeredEntry({ abilities: ['vision'], unusable }))).toBe(true)
  expect(isAddable(offeredEntry({ abilities: ['embeddings'], unusable }))).toBe(false)
})

it('puts what is recommended first and leaves the others in order', () => {
  const entries = ['a', 'b', 'c'].map((id) => offeredEntry({ id, recommended: id === 'c' }))
  expect(inOrder(entries).map(({ id }) => id)).toEqual(['c', 'a', 'b'])
})

it('says where a model was found: with its size, or its server', () => {
  expect(foundWords(foundModel())).toEqual(['Ollama', '1.9 GB', 'Q4_K_M'])
  const served = { origin: 'server', size: null, quantisation: '', address: '127.0.0.1:8080' }
  expect(foundWords(foundModel(served))).toEqual(['server', '127.0.0.1:8080'])
})
