import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import { DOUBLE_TAP_MS } from '../../composables/useDoubleTap'
import { useAskingStore } from '../../stores/asking'
import { useConversationStore } from '../../stores/conversation'
import { fakeUni } from '../../testing/fakeUni'
import Composer from './Composer.vue'

function setUp() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const view = mount(Composer, { global: { plugins: [pinia, i18n] } })
  const press = (id: string) => view.find(`[data-testid="${id}"]`).trigger('click')
  return { view, press, store: useConversationStore(), asking: useAskingStore() }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('sends what was typed, trimmed, and is empty again', async () => {
  const { press, store } = setUp()
  store.draft = ' 你好\n'
  await nextTick()
  await press('send')
  expect(store.messages[0]?.content).toBe('你好')
  expect(store.draft).toBe('')
})

it('does not send blanks', async () => {
  const { press, store } = setUp()
  store.draft = ' \n '
  await nextTick()
  await press('send')
  expect(store.messages).toEqual([])
})

it('turns send into stop while an answer is being written', async () => {
  const { view, press, store, asking } = setUp()
  asking.submit('go')
  await nextTick()
  expect(view.find('[data-testid="send"]').exists()).toBe(false)
  await press('stop')
  expect(store.isRunning).toBe(false)
})

it('does not take the second tap on send for a tap on stop', async () => {
  vi.useFakeTimers()
  const { press, store } = setUp()
  store.draft = 'go'
  await nextTick()
  await press('send')
  await press('stop')
  expect(store.isRunning).toBe(true)
  await vi.advanceTimersByTimeAsync(DOUBLE_TAP_MS)
  await press('stop')
  expect(store.isRunning).toBe(false)
  vi.useRealTimers()
})

it('sends what is typed while an answer is being written, to wait behind it', async () => {
  const { press, store, asking } = setUp()
  asking.submit('go')
  store.draft = 'next'
  await nextTick()
  await press('send')
  expect(store.messages.map(({ content }) => content)).toEqual(['go', '', 'next', ''])
  expect(store.draft).toBe('')
})
