import { expect, it } from 'vitest'
import type { Answer } from '../protocol/conversation'
import { pendingAnswer } from '../protocol/turns'
import { figuresOf, timesOf } from './figures'

const blank = pendingAnswer({ key: 'k', model: null })
const names = (change: Partial<Answer>) =>
  figuresOf({ ...blank, ...change }).map(({ name, value }) => [name, value.values.value])

it('tells what was measured', () => {
  const timings = {
    queued_seconds: 0,
    first_token_seconds: 0.314,
    decode_seconds: 12.34,
    tokens_per_second: 41.26,
  }
  const usage = {
    prompt_tokens: 100,
    completion_tokens: 50,
    cached_tokens: 80,
    cost: null,
    currency: '',
  }
  expect(names({ model: 'm', timings, usage, finishReason: 'stop' })).toEqual([
    ['figures.model', 'm'],
    ['figures.rate', '41.3'],
    ['figures.firstToken', '0.31'],
    ['figures.queued', '0.00'],
    ['figures.decode', '12.3'],
    ['figures.prompt', 100],
    ['figures.cached', 80],
    ['figures.completion', 50],
    ['figures.ending', undefined],
  ])
})

it('tells who was asked, and what they charge', () => {
  const usage = {
    prompt_tokens: 9,
    completion_tokens: 5,
    cached_tokens: 0,
    cost: 0.0042,
    currency: 'CNY',
  }
  expect(names({ provider: 'DeepSeek', usage, status: 'completed' })).toEqual([
    ['figures.provider', 'DeepSeek'],
    ['figures.prompt', 9],
    ['figures.cached', 0],
    ['figures.completion', 5],
    ['figures.cost', '¥0.0042'],
  ])
})

it('tells nothing that is not known', () => {
  expect(names({ status: 'completed' })).toEqual([])
})

it('tells how it ended even where no model said why', () => {
  const [ending] = figuresOf({ ...blank, status: 'interrupted' })
  expect(ending?.value.key).toBe('figures.ended.interrupted')
})

it.each([
  [0, 0.42, 8.6, { first: '0.4', whole: '9' }],
  [0, 0.02, 4.7, { first: '0.1', whole: '4.7' }],
  [3.1, 0.9, 30, { first: '4', whole: '34' }],
])('tells what streaming gave: %#', (queued, first, decode, values) => {
  const timings = {
    queued_seconds: queued,
    first_token_seconds: first,
    decode_seconds: decode,
    tokens_per_second: 10,
  }
  expect(timesOf({ ...blank, timings })?.values).toEqual(values)
})

it('tells nothing of it where no word came', () => {
  const timings = {
    queued_seconds: 1,
    first_token_seconds: null,
    decode_seconds: 0,
    tokens_per_second: null,
  }
  expect(timesOf({ ...blank, timings })).toBeNull()
  expect(timesOf(blank)).toBeNull()
})
