import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start } from '../testing/frames'
import { storedConversation } from '../testing/tree'

let uniApp: ReturnType<typeof fakeUni>


beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('chosen before the first question makes the conversation', async () => {
  const made = { ...storedConversation('c7'), persona: 'translator' }
  uniApp.replies.set('POST /conversations', made)
  const { store, sent, settings, asking } = conversationPage()
  await settings.configure({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ id: 'c7', persona: 'translator' })
  asking.submit('go')
  expect(sent[0]).toMatchObject({ content: 'go', conversation: 'c7' })
})

it('is changed on the way', async () => {
  const changed = { ...storedConversation('c1'), persona: 'translator', revision: 5 }
  uniApp.replies.set('PATCH /conversations/c1', changed)
  const { store, asking, sync, settings } = conversationPage()
  asking.submit('go')
  sync.receive([accepted(store.messages[0]?.key ?? ''), start, end(2)])
  await settings.configure({ persona: 'translator' })
  expect(uniApp.asked[0]?.body).toEqual({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ persona: 'translator', revision: 5 })
})

it('says that nothing was changed without a connection', async () => {
  const { store, settings } = conversationPage()
  await settings.configure({ persona: 'translator' })
  expect(store.conversation).toMatchObject({ id: null, persona: '' })
})
