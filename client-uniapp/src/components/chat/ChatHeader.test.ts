import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import { useAskingStore } from '../../stores/asking'
import { fakeUni } from '../../testing/fakeUni'
import ChatHeader from './ChatHeader.vue'

async function titleAfter(question: string | null): Promise<string> {
  const pinia = createPinia()
  setActivePinia(pinia)
  const view = mount(ChatHeader, { props: { hasMenu: true }, global: { plugins: [pinia, i18n] } })
  if (question !== null) useAskingStore().submit(question)
  await nextTick()
  return view.find('[role="heading"]').text()
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('names a chat without messages for screen readers', async () => {
  expect(await titleAfter(null)).toBe(i18n.global.t('title'))
})

it('is the first question on one line', async () => {
  const question = 'How do I count\n the rows of a CSV file in Python?'
  expect(await titleAfter(question)).toBe('How do I count the rows of a CSV file in Python?')
})

it('takes no more of a long question than a header can show, and tears no letter', async () => {
  expect(await titleAfter('😀'.repeat(300))).toBe('😀'.repeat(80))
})
