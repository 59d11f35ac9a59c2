import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { i18n } from '../../locale'
import type { Answer } from '../../protocol/conversation'
import { pendingAnswer } from '../../protocol/turns'
import AnswerFooter from './AnswerFooter.vue'

const done: Answer = {
  ...pendingAnswer({ key: 'k', model: 'm' }),
  status: 'completed',
  content: '你好',
  usage: { prompt_tokens: 9, completion_tokens: 5, cached_tokens: 0, cost: null, currency: '' },
}

const footer = (change: Partial<Answer>) =>
  mount(AnswerFooter, {
    props: { answer: { ...done, ...change }, isLast: true },
    global: { plugins: [createPinia(), i18n] },
  })

beforeEach(() => setActivePinia(createPinia()))

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
