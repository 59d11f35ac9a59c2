import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'


beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('shows a question as the server stores it', () => {
  const { store, sent, asking } = conversationPage()
  asking.submit('half \ud83d end')
  expect(store.messages[0]).toMatchObject({ content: 'half \ufffd end' })
  expect(sent[0]).toMatchObject({ content: 'half \ufffd end' })
})

it('keeps a question whose name was used before, to be sent again under a new one', () => {
  const { store, sent, key, asking, sync } = conversationPage()
  asking.submit('kept')
  const first = key()
  const conflict = { code: 'conflict', message: '', retryable: false }
  sync.receive([{ type: 'error', client_msg_id: first, ...conflict }])
  expect(store.isRunning).toBe(false)
  expect(store.messages[0]).toMatchObject({ role: 'user', content: 'kept' })
  asking.retry()
  expect(sent[1]).toMatchObject({ type: 'send', content: 'kept', client_msg_id: key() })
  expect(key()).not.toBe(first)
})
