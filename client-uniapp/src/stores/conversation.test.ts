import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { writeOwn } from '../platform/ownStorage'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start, stream } from '../testing/frames'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('a reload', () => {
  it('goes on where the answer stood', () => {
    const before = conversationPage()
    before.asking.submit('go')
    before.receive(accepted(before.key()), start, stream(2, 'half'))
    before.store.draft = 'next'
    before.store.save()

    const { store, sync } = conversationPage()
    expect(store.lastAnswer).toMatchObject({ content: 'half', seq: 2, status: 'streaming' })
    expect(store.draft).toBe('next')
    expect(sync.resume()).toEqual([{ type: 'attach', run: 'r1', after: 2, epoch: 1 }])
  })

  it('leaves behind what another version kept', () => {
    writeOwn('shown', 'c1')
    writeOwn('conversation.c1', { format: 0, conversation: 'old' })
    expect(conversationPage().store.messages).toEqual([])
  })

  it('in one tab leaves what another shows alone', () => {
    const one = conversationPage()
    one.asking.submit('one')
    one.receive(accepted(one.key()), start, end(2))
    const other = conversationPage()
    other.navigation.startNew()
    other.asking.submit('other')
    other.receive({ ...accepted(other.key()), conversation: 'c2', run: 'r2' })
    other.store.save()
    one.store.save()
    expect(conversationPage().store.messages[0]?.content).toBe('one')
    const third = conversationPage()
    third.navigation.open('c2')
    expect(third.store.messages[0]?.content).toBe('other')
  })
})
