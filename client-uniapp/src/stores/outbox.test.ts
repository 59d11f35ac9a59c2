import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame, ServerFrame } from '../protocol/frames'
import { accepted } from '../testing/frames'
import { fakeUni } from '../testing/fakeUni'
import { removeOwn } from '../platform/ownStorage'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

/** A page as it is after a load: what it knows is what was stored. */
function setUp() {
  setActivePinia(createPinia())
  const sent: ClientFrame[] = []
  useConnectionStore().send = (frame) => void sent.push(frame)
  const store = useConversationStore()
  const key = () => store.messages[store.messages.length - 1]?.key ?? ''
  return { store, sent, key, receive: (...frames: ServerFrame[]) => store.receive(frames) }
}

describe('a question that has not arrived', () => {
  it('is sent by whatever page is opened next, once, until it is answered', () => {
    const before = setUp()
    before.store.submit('go')
    const late = before.key()
    removeOwn('shown')
    sessionStorage.clear()

    const next = setUp()
    expect(next.store.messages).toEqual([])
    expect(next.store.resume()).toMatchObject([{ type: 'send', client_msg_id: late }])
    next.receive(accepted(late))
    expect(next.sent).toEqual([{ type: 'detach', run: 'r1' }])
    expect(setUp().store.resume()).toEqual([])
  })

  it('is sent once by the page that shows it, and its answer is read', () => {
    const { store, sent, key, receive } = setUp()
    store.submit('go')
    expect(store.resume()).toMatchObject([{ client_msg_id: key() }])
    receive(accepted(key()))
    expect(sent).toHaveLength(1)
    expect(store.resume()).toEqual([{ type: 'attach', run: 'r1', after: 0 }])
  })

  it('is not sent when it was stopped first', () => {
    const { store } = setUp()
    store.submit('go')
    store.stop()
    expect(store.resume()).toEqual([])
  })
})
