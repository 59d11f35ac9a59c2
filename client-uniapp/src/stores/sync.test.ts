import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoredRun, Tree } from '../protocol/rest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, start, stream } from '../testing/frames'
import { storedConversation, treeMessage } from '../testing/tree'

let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

describe('a gap', () => {
  it('is asked for once, after the last event', () => {
    const { sent, key, receive, asking } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start, stream(3, 'c'))
    receive(stream(4, 'd'))
    expect(sent.slice(1)).toEqual([{ type: 'attach', run: 'r1', after: 1, epoch: 1 }])
  })
})

const tree = (seq: number, status: StoredRun['status']): Tree => ({
  conversation: storedConversation('c1'),
  leaf: 'a1',
  messages: [treeMessage('u1', null, 'go'), treeMessage('a1', 'u1', 'half', { status, seq })],
})

it('fetches the conversation again once another device has changed it', async () => {
  const { store, key, receive, asking } = conversationPage()
  asking.submit('go')
  receive(accepted(key()), start, stream(2, 'half'))
  uniApp.replies.set('GET /conversations/c1/messages', {
    ...tree(2, 'running'),
    conversation: { ...storedConversation('c1'), title: 'renamed', revision: 7 },
  })
  receive({ type: 'changed', conversation: 'c1', revision: 7 })
  await vi.waitFor(() => expect(store.conversation.title).toBe('renamed'))
  receive({ type: 'changed', conversation: 'c1', revision: 7 })
  receive({ type: 'changed', conversation: 'c9', revision: 9 })
  expect(uniApp.asked).toHaveLength(1)
})
