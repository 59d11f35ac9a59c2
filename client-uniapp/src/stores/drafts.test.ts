import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'


beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('what is typed and not sent', () => {
  it('is kept for the new chat while another is looked at, over a reload, too', async () => {
    const { store, navigation } = conversationPage()
    store.draft = 'for the new one'
    await navigation.open('c1')
    expect(store.draft).toBe('')
    store.draft = 'for c1'
    navigation.startNew()
    expect(store.draft).toBe('for the new one')
    await navigation.open('c1')
    const { store: reloaded, navigation: next } = conversationPage()
    expect(reloaded.draft).toBe('for c1')
    next.startNew()
    expect(reloaded.draft).toBe('for the new one')
  })

  it('stays when a new chat is asked for in a new chat', () => {
    const { store, navigation } = conversationPage()
    store.draft = 'half'
    navigation.startNew()
    expect(store.draft).toBe('half')
  })

  it('is not offered again once it was sent', () => {
    const { store, asking, navigation } = conversationPage()
    store.draft = 'go'
    store.save()
    store.draft = ''
    asking.submit('go')
    navigation.startNew()
    expect(store.draft).toBe('')
  })
})
