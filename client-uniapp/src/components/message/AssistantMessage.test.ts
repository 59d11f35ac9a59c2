import { mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Answer } from '../../protocol/conversation'
import { emptyConversation, isAnswer } from '../../protocol/conversation'
import { ask } from '../../protocol/turns'
import { fakeUni } from '../../testing/fakeUni'
import AssistantMessage from './AssistantMessage.vue'

const asked = ask(emptyConversation(), { key: 'm1', content: 'hi', model: null })
const pending = asked.messages.filter(isAnswer)[0] as Answer

function show(change: Partial<Answer>, isLast = true) {
  const view = mount(AssistantMessage, {
    props: { answer: { ...pending, ...change }, isLast },
    global: {
      plugins: [createPinia(), i18n],
      stubs: { MarkdownView: { props: ['source'], template: '<p>{{ source }}</p>' } },
    },
  })
  return { view, has: (id: string) => view.find(`[data-testid="${id}"]`).exists() }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('an answer', () => {
  it('that has no text says what it waits for', () => {
    const { view, has } = show({ status: 'waiting' })
    expect(has('waiting')).toBe(true)
    expect(view.text()).toBe('正在等待回答…')
  })

  it('being written shows its text alone', () => {
    const { view, has } = show({ status: 'streaming', content: 'so far' })
    expect(view.text()).toBe('so far')
    expect(has('waiting') || has('copy') || has('retry')).toBe(false)
  })

  it('that is complete can be copied', async () => {
    const { view } = show({ status: 'completed', content: '**all**' })
    await view.find('[data-testid="copy"]').trigger('click')
    expect(vi.mocked(uni.setClipboardData).mock.calls[0]?.[0]).toMatchObject({ data: '**all**' })
  })

  it('that failed keeps its text, says why and can be tried again', async () => {
    const failure = { code: 'backend_failed', message: '模型中途出错', retryable: true }
    const { view } = show({ status: 'failed', content: 'kept', failure })
    expect(view.text()).toContain('kept')
    expect(view.text()).toContain('模型中途出错')
    await view.find('[data-testid="retry"]').trigger('click')
    expect(view.emitted('retry')).toHaveLength(1)
  })

  it('that failed long ago is not tried again', () => {
    expect(show({ status: 'failed' }, false).has('retry')).toBe(false)
  })

  it.each([
    ['cancelled' as const, null, '已停止'],
    ['completed' as const, 'length' as const, '已达到长度上限'],
    ['completed' as const, 'repetition' as const, '模型开始重复，已自动停止'],
  ])('that is %s (%s) says so', (status, finishReason, remark) => {
    expect(show({ status, finishReason, content: 'x' }).view.text()).toContain(remark)
  })
})

describe('thinking', () => {
  const thought = { reasoning: 'hm', status: 'streaming' as const }

  it('shows while it lasts and folds when the answer begins', async () => {
    const { view } = show(thought)
    expect(view.text()).toContain('思考中…')
    expect(view.text()).toContain('hm')
    const answer = { ...pending, ...thought, content: 'so', thinkingSeconds: 3.4 }
    await view.setProps({ answer })
    expect(view.text()).toContain('已深度思考（用时 3 秒）')
    expect(view.text()).not.toContain('hm')
  })

  it('opens when asked', async () => {
    const { view } = show({ ...thought, status: 'completed', content: 'so' })
    await view.find('[data-testid="thinking-toggle"]').trigger('click')
    expect(view.text()).toContain('hm')
  })
})
