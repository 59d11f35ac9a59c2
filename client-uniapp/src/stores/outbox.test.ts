import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { accepted } from '../testing/frames'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { removeOwn } from '../platform/ownStorage'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())


describe('a question that has not arrived', () => {
  it('is sent by whatever page is opened next, once, until it is answered', () => {
    const before = conversationPage()
    before.asking.submit('go')
    const late = before.key()
    removeOwn('shown')
    sessionStorage.clear()

    const next = conversationPage()
    expect(next.store.messages).toEqual([])
    expect(next.sync.resume()).toMatchObject([{ type: 'send', client_msg_id: late }])
    next.receive(accepted(late))
    expect(next.sent).toEqual([{ type: 'detach', run: 'r1' }])
    expect(conversationPage().sync.resume()).toEqual([])
  })

  it('is sent once by the page that shows it, and its answer is read', () => {
    const { sent, key, receive, asking, sync } = conversationPage()
    asking.submit('go')
    expect(sync.resume()).toMatchObject([{ client_msg_id: key() }])
    receive(accepted(key()))
    expect(sent).toHaveLength(1)
    expect(sync.resume()).toEqual([{ type: 'attach', run: 'r1', after: 0 }])
  })

  it('is not sent when it was stopped first', () => {
    const { asking, runs, sync } = conversationPage()
    asking.submit('go')
    runs.stop()
    expect(sync.resume()).toEqual([])
  })
})
