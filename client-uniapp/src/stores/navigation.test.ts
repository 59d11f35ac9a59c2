import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { StoredRun, Tree } from '../protocol/rest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start, stream } from '../testing/frames'
import { storedConversation, treeMessage } from '../testing/tree'

let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

describe('a new chat', () => {
  it('is empty, and the old answer goes on without this page', () => {
    const { store, sent, key, receive, asking, navigation } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start)
    navigation.startNew()
    expect(store.messages).toEqual([])
    expect(sent[1]).toEqual({ type: 'detach', run: 'r1' })
    receive(stream(2, 'late'))
    expect(store.messages).toEqual([])
  })

  it('forgets no question that is still on its way', () => {
    const { key, receive, asking, navigation, sync } = conversationPage()
    asking.submit('go')
    const late = key()
    navigation.startNew()
    expect(sync.resume()).toMatchObject([{ type: 'send', client_msg_id: late, content: 'go' }])
    receive(accepted(late))
    expect(sync.resume()).toEqual([])
  })
})

describe('opening a conversation', () => {
  const tree = (seq: number, status: StoredRun['status']): Tree => ({
    conversation: storedConversation('c1'),
    leaf: 'a1',
    messages: [treeMessage('u1', null, 'go'), treeMessage('a1', 'u1', 'half', { status, seq })],
  })

  it('shows its path and joins the answer being written', async () => {
    uniApp.replies.set('GET /conversations/c1/messages', tree(2, 'running'))
    const { store, sent, receive, navigation } = conversationPage()
    navigation.open('c1')
    expect(store.isUnseen).toBe(true)
    await vi.waitFor(() => expect(store.isUnseen).toBe(false))
    expect(sent).toEqual([{ type: 'attach', run: 'r-a1', after: 2, epoch: 1 }])
    receive({ ...stream(3, ' more'), run: 'r-a1' })
    expect(store.lastAnswer).toMatchObject({ content: 'half more', status: 'streaming' })
  })

  it('shows what was seen of it while the server is out of reach', () => {
    const { store, key, receive, asking, navigation } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start, stream(2, 'all'), end(3))
    navigation.startNew()
    navigation.open('c1')
    expect(store.messages.map(({ content }) => content)).toEqual(['go', 'all'])
  })
})

it('chooses a branch on the server and then shows it', async () => {
  uniApp.replies.set('PATCH /conversations/c1', storedConversation('c1'))
  uniApp.replies.set('GET /conversations/c1/messages', {
    conversation: storedConversation('c1'),
    leaf: 'a2',
    messages: ['a1', 'a2'].reduce(
      (list, id) => [...list, treeMessage(id, 'u1', id, {})],
      [treeMessage('u1', null, 'go')],
    ),
  })
  const { store, key, receive, asking, navigation } = conversationPage()
  asking.submit('go')
  receive(accepted(key()), start, end(2))
  await navigation.choose('a2')
  expect(uniApp.asked[0]?.body).toEqual({ leaf: 'a2' })
  expect(store.lastAnswer).toMatchObject({ id: 'a2', branches: { at: 1, ids: ['a1', 'a2'] } })
})
