import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakeUni } from '../testing/fakeUni'
import { useConversationStore } from './conversation'
import { useQuoteStore } from './quote'

const reload = () => setActivePinia(createPinia())

beforeEach(() => {
  fakeUni()
  reload()
})
afterEach(() => vi.unstubAllGlobals())

it('is there again after a reload, until it is taken away', () => {
  useQuoteStore().put(' 先测量 ')
  reload()
  expect(useQuoteStore().text).toBe('先测量')
  useQuoteStore().clear()
  reload()
  expect(useQuoteStore().text).toBe('')
})

it('does not follow into another conversation', async () => {
  const conversation = useConversationStore()
  const quote = useQuoteStore()
  quote.put('先测量')
  conversation.conversation = { ...conversation.conversation, id: 'c2' }
  await nextTick()
  expect(quote.text).toBe('')
  reload()
  expect(useQuoteStore().text).toBe('')
})
