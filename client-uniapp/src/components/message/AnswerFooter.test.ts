import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { i18n } from '../../locale'
import type { Answer } from '../../protocol/conversation'
import { pendingAnswer } from '../../protocol/turns'
import { useModelsStore } from '../../stores/models'
import { testModel } from '../../testing/model'
import AnswerFooter from './AnswerFooter.vue'

const done: Answer = {
  ...pendingAnswer({ key: 'k', model: 'm' }),
  status: 'completed',
  content: '你好',
  usage: { prompt_tokens: 9, completion_tokens: 5, cached_tokens: 0, cost: null, currency: '' },
}

let pinia = createPinia()
const footer = (change: Partial<Answer>, isLast = true) =>
  mount(AnswerFooter, {
    props: { answer: { ...done, ...change }, isLast },
    global: { plugins: [pinia, i18n] },
  })

beforeEach(() => setActivePinia((pinia = createPinia())))

it('marks an answer for which the question left the computer', () => {
  expect(footer({ provider: 'DeepSeek' }).get('[data-testid="leaving"]').text()).toBe(
    '云端 · DeepSeek',
  )
})

it('says what it cost, where the provider says so', () => {
  const usage = { ...done.usage, cost: 0.0042, currency: 'CNY' } as Answer['usage']
  const marked = footer({ provider: 'DeepSeek', usage }).get('[data-testid="leaving"]')
  expect(marked.text()).toContain('¥0.0042')
})

it('marks one that failed before its first word, too', () => {
  expect(footer({ provider: 'DeepSeek', status: 'failed', content: '' }).text()).toContain('云端')
})

it('marks nothing that stayed on the computer', () => {
  expect(footer({}).find('[data-testid="leaving"]').exists()).toBe(false)
})

it('leaves the figures of an ordinary answer to its details', () => {
  const timings = {
    queued_seconds: 0,
    first_token_seconds: 0.4,
    decode_seconds: 8.6,
    tokens_per_second: 12.5,
  }
  const view = footer({ timings, finishReason: 'stop' })
  expect(view.find('[data-testid="remark"]').exists()).toBe(false)
  expect(view.text()).not.toContain('12.5')
})

describe('continuing', () => {
  const run = 'r'
  const hasButton = (change: Partial<Answer>, isLast = true) =>
    footer({ run, id: 'a', ...change }, isLast).find('[data-testid="go-on"]').exists()

  it.each<[string, Partial<Answer>, boolean]>([
    ['a stopped answer', { status: 'cancelled' }, true],
    ['one at its length limit', { finishReason: 'length' }, true],
    ['one that repeated itself', { finishReason: 'repetition' }, false],
    ['one that said all', { finishReason: 'stop' }, false],
    ['one that failed', { status: 'failed' }, false],
    ['one that never had a run', { status: 'cancelled', run: null }, false],
  ])('is offered for %s: %#', (_name, change, isOffered) => {
    expect(hasButton(change)).toBe(isOffered)
  })

  it('is asked for by its button', async () => {
    const view = footer({ run, status: 'cancelled' })
    await view.get('[data-testid="go-on"]').trigger('click')
    expect(view.emitted('goOn')).toHaveLength(1)
  })

  it('is for the last answer alone', () => {
    expect(hasButton({ status: 'cancelled' }, false)).toBe(false)
  })

  it('is not offered of a model that cannot, which leaves generating anew', () => {
    useModelsStore().list = [testModel({ id: 'm', resumable: false })]
    const view = footer({ run, id: 'a', status: 'cancelled' })
    expect(view.find('[data-testid="go-on"]').exists()).toBe(false)
    expect(view.find('[data-testid="regenerate"]').exists()).toBe(true)
  })

  it('says why it was refused, and is not offered again where that is for good', () => {
    const refusal = { code: 'not_resumable', message: 'cannot', retryable: false }
    const view = footer({ run, id: 'a', status: 'cancelled', refusal })
    expect(view.get('[data-testid="remark"]').text()).toBe('cannot')
    expect(view.find('[data-testid="go-on"]').exists()).toBe(false)
    expect(hasButton({ status: 'cancelled', refusal: { ...refusal, code: 'member_busy' } })).toBe(
      true,
    )
  })
})
