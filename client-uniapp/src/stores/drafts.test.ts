import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'

function setUp() {
  setActivePinia(createPinia())
  useConnectionStore().send = () => undefined
  return { store: useConversationStore() }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('what is typed and not sent', () => {
  it('is kept for the new chat while another is looked at, over a reload, too', async () => {
    const { store } = setUp()
    store.draft = 'for the new one'
    await store.open('c1')
    expect(store.draft).toBe('')
    store.draft = 'for c1'
    store.startNew()
    expect(store.draft).toBe('for the new one')
    await store.open('c1')
    const { store: reloaded } = setUp()
    expect(reloaded.draft).toBe('for c1')
    reloaded.startNew()
    expect(reloaded.draft).toBe('for the new one')
  })

  it('stays when a new chat is asked for in a new chat', () => {
    const { store } = setUp()
    store.draft = 'half'
    store.startNew()
    expect(store.draft).toBe('half')
  })

  it('is not offered again once it was sent', () => {
    const { store } = setUp()
    store.draft = 'go'
    store.save()
    store.draft = ''
    store.submit('go')
    store.startNew()
    expect(store.draft).toBe('')
  })
})
