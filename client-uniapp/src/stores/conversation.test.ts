import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame, ServerFrame } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import type { StoredRun, Tree } from '../protocol/rest'
import { accepted, end, snapshot, start, stream } from '../testing/frames'
import { storedConversation, treeMessage } from '../testing/tree'
import { writeOwn } from '../platform/ownStorage'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  setActivePinia(createPinia())
  const connection = useConnectionStore()
  const sent: ClientFrame[] = []
  connection.send = (frame) => void sent.push(frame)
  const store = useConversationStore()
  const key = () => store.messages[store.messages.length - 1]?.key ?? ''
  const receive = (...frames: ServerFrame[]) => store.receive(frames)
  return { store, sent, key, receive }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

describe('asking', () => {
  it('shows the question at once and sends it', () => {
    const { store, sent, key } = setUp()
    store.submit('你好')
    expect(store.messages).toHaveLength(2)
    expect(sent).toEqual([{ type: 'send', client_msg_id: key(), content: '你好' }])
  })

  it('continues the conversation with the second question', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('one')
    receive(accepted(key()), start, end(2))
    store.submit('two')
    expect(sent[1]).toMatchObject({ content: 'two', conversation: 'c1' })
  })
})

describe('stopping', () => {
  it('names the run', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start)
    store.stop()
    expect(sent[1]).toEqual({ type: 'stop', run: 'r1' })
    expect(store.isRunning).toBe(true)
  })

  it('before the run has a name follows when it has', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    store.stop()
    expect(store.isRunning).toBe(false)
    receive(accepted(key()))
    expect(sent[1]).toEqual({ type: 'stop', run: 'r1' })
  })
})

describe('a gap', () => {
  it('is asked for once, after the last event', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, stream(3, 'c'))
    receive(stream(4, 'd'))
    expect(sent.slice(1)).toEqual([{ type: 'attach', run: 'r1', after: 1, epoch: 1 }])
  })
})

describe('trying again', () => {
  it('asks for another answer to a question the server knows', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, end(2, 'failed'))
    store.retry()
    expect(store.messages.map(({ content }) => content)).toEqual(['go', ''])
    expect(sent[1]).toEqual({ type: 'regenerate', client_msg_id: key(), message: 'a1' })
  })

  it('sends a question again that was refused', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    const refused = { code: 'overloaded', message: 'no', retryable: true }
    receive({ type: 'error', client_msg_id: key(), ...refused })
    store.retry()
    expect(sent[1]).toEqual({ type: 'send', client_msg_id: key(), content: 'go' })
  })

  it('is not possible while an answer is being written', () => {
    const { store, sent } = setUp()
    store.submit('go')
    store.retry()
    expect(sent).toHaveLength(1)
  })
})

describe('a branch', () => {
  it('of the first question is asked beside it', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, end(2))
    store.edit(key(), 'run')
    expect(sent[1]).toMatchObject({ content: 'run', conversation: 'c1', parent: null })
  })

  it('is chosen on the server and then shown', async () => {
    uniApp.replies.set('PATCH /conversations/c1', storedConversation('c1'))
    uniApp.replies.set('GET /conversations/c1/messages', {
      conversation: storedConversation('c1'),
      leaf: 'a2',
      messages: ['a1', 'a2'].reduce(
        (list, id) => [...list, treeMessage(id, 'u1', id, {})],
        [treeMessage('u1', null, 'go')],
      ),
    })
    const { store, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, end(2))
    await store.choose('a2')
    expect(uniApp.asked[0]?.body).toEqual({ leaf: 'a2' })
    expect(store.lastAnswer).toMatchObject({ id: 'a2', branches: { at: 1, ids: ['a1', 'a2'] } })
  })
})

describe('a message behind a running answer', () => {
  function waiting() {
    const page = setUp()
    page.store.submit('go')
    page.receive(accepted(page.key()), start)
    page.store.submit('then')
    const second = { run: 'r2', message: 'a2', user_message: 'u2' }
    page.receive({ ...accepted(page.key()), ...second })
    const line = { position: 1, eta_seconds: null, waiting_for: 'answer' as const, model: '' }
    page.receive({ type: 'queued', run: 'r2', ...line })
    return page
  }

  it('comes back into the empty composer when it is withdrawn', () => {
    const { store, sent, receive } = waiting()
    if (store.lastAnswer) store.withdraw(store.lastAnswer)
    expect(sent[2]).toEqual({ type: 'withdraw', run: 'r2' })
    receive({ type: 'withdrawn', run: 'r2' })
    expect(store.messages).toHaveLength(2)
    expect(store.draft).toBe('then')
  })

  it('overwrites nothing typed since', () => {
    const { store, receive } = waiting()
    store.draft = 'other'
    if (store.lastAnswer) store.withdraw(store.lastAnswer)
    receive({ type: 'withdrawn', run: 'r2' })
    expect(store.draft).toBe('other')
  })

  it('is not stopped with the answer before it', () => {
    const { store, sent } = waiting()
    store.stop()
    expect(sent.slice(2)).toEqual([{ type: 'stop', run: 'r1' }])
  })
})

describe('going on', () => {
  it('asks for the interrupted run and shows what follows', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, stream(2, 'half'), end(3, 'interrupted'))
    store.goOn()
    expect(sent[1]).toEqual({ type: 'resume', run: 'r1' })
    receive({ ...snapshot(2, 3, 'half'), reasoning: '' }, { ...start, epoch: 2, seq: 4 })
    receive(stream(5, ' and half'), end(6))
    expect(store.lastAnswer).toMatchObject({ content: 'half and half', status: 'completed' })
  })
})

describe('a reload', () => {
  it('goes on where the answer stood', () => {
    const before = setUp()
    before.store.submit('go')
    before.receive(accepted(before.key()), start, stream(2, 'half'))
    before.store.draft = 'next'
    before.store.save()

    const { store } = setUp()
    expect(store.lastAnswer).toMatchObject({ content: 'half', seq: 2, status: 'streaming' })
    expect(store.draft).toBe('next')
    expect(store.resume()).toEqual([{ type: 'attach', run: 'r1', after: 2, epoch: 1 }])
  })

  it('leaves behind what another version kept', () => {
    writeOwn('shown', 'c1')
    writeOwn('conversation.c1', { format: 0, conversation: 'old' })
    expect(setUp().store.messages).toEqual([])
  })

  it('in one tab leaves what another shows alone', () => {
    const one = setUp()
    one.store.submit('one')
    one.receive(accepted(one.key()), start, end(2))
    const other = setUp()
    other.store.startNew()
    other.store.submit('other')
    other.receive({ ...accepted(other.key()), conversation: 'c2', run: 'r2' })
    other.store.save()
    one.store.save()
    expect(setUp().store.messages[0]?.content).toBe('one')
    const third = setUp()
    third.store.open('c2')
    expect(third.store.messages[0]?.content).toBe('other')
  })
})

describe('a new chat', () => {
  it('is empty, and the old answer goes on without this page', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start)
    store.startNew()
    expect(store.messages).toEqual([])
    expect(sent[1]).toEqual({ type: 'detach', run: 'r1' })
    receive(stream(2, 'late'))
    expect(store.messages).toEqual([])
  })

  it('forgets no question that is still on its way', () => {
    const { store, key, receive } = setUp()
    store.submit('go')
    const late = key()
    store.startNew()
    expect(store.resume()).toMatchObject([{ type: 'send', client_msg_id: late, content: 'go' }])
    receive(accepted(late))
    expect(store.resume()).toEqual([])
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
    const { store, sent, receive } = setUp()
    store.open('c1')
    expect(store.isUnseen).toBe(true)
    await vi.waitFor(() => expect(store.isUnseen).toBe(false))
    expect(sent).toEqual([{ type: 'attach', run: 'r-a1', after: 2, epoch: 1 }])
    receive({ ...stream(3, ' more'), run: 'r-a1' })
    expect(store.lastAnswer).toMatchObject({ content: 'half more', status: 'streaming' })
  })

  it('shows what was seen of it while the server is out of reach', () => {
    const { store, key, receive } = setUp()
    store.submit('go')
    receive(accepted(key()), start, stream(2, 'all'), end(3))
    store.startNew()
    store.open('c1')
    expect(store.messages.map(({ content }) => content)).toEqual(['go', 'all'])
  })

  it('fetches it again once another device has changed it', async () => {
    const { store, key, receive } = setUp()
    store.submit('go')
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
})
