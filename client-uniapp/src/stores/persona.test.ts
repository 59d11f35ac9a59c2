import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClientFrame } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start } from '../testing/frames'
import { storedConversation } from '../testing/tree'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  setActivePinia(createPinia())
  const sent: ClientFrame[] = []
  useConnectionStore().send = (frame) => void sent.push(frame)
  return { store: useConversationStore(), sent }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('chosen before the first question makes the conversation', async () => {
  const made = { ...storedConversation('c7'), persona: 'translator' }
  uniApp.replies.set('POST /conversations', made)
  const { store, sent } = setUp()
  await store.configure({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ id: 'c7', persona: 'translator' })
  store.submit('go')
  expect(sent[0]).toMatchObject({ content: 'go', conversation: 'c7' })
})

it('is changed on the way', async () => {
  const changed = { ...storedConversation('c1'), persona: 'translator', revision: 5 }
  uniApp.replies.set('PATCH /conversations/c1', changed)
  const { store } = setUp()
  store.submit('go')
  store.receive([accepted(store.messages[0]?.key ?? ''), start, end(2)])
  await store.configure({ persona: 'translator' })
  expect(uniApp.asked[0]?.body).toEqual({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ persona: 'translator', revision: 5 })
})

it('says that nothing was changed without a connection', async () => {
  const { store } = setUp()
  await store.configure({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ id: null, persona: '' })
})
