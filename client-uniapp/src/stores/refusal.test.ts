import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClientFrame } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'

function setUp() {
  setActivePinia(createPinia())
  const sent: ClientFrame[] = []
  useConnectionStore().send = (frame) => void sent.push(frame)
  const store = useConversationStore()
  return { store, sent, key: () => store.messages[0]?.key ?? '' }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('shows a question as the server stores it', () => {
  const { store, sent } = setUp()
  store.submit('half \ud83d end')
  expect(store.messages[0]).toMatchObject({ content: 'half \ufffd end' })
  expect(sent[0]).toMatchObject({ content: 'half \ufffd end' })
})

it('keeps a question whose name was used before, to be sent again under a new one', () => {
  const { store, sent, key } = setUp()
  store.submit('kept')
  const first = key()
  const conflict = { code: 'conflict', message: '', retryable: false }
  store.receive([{ type: 'error', client_msg_id: first, ...conflict }])
  expect(store.isRunning).toBe(false)
  expect(store.messages[0]).toMatchObject({ role: 'user', content: 'kept' })
  store.retry()
  expect(sent[1]).toMatchObject({ type: 'send', content: 'kept', client_msg_id: key() })
  expect(key()).not.toBe(first)
})
