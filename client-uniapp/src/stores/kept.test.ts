import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Conversation, Message } from '../protocol/conversation'
import { emptyConversation } from '../protocol/conversation'
import { readOwn } from '../platform/ownStorage'
import { pendingAnswer } from '../protocol/turns'
import { fakeUni } from '../testing/fakeUni'
import { keep, recall, recallOne } from './kept'

let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => void (uniApp = fakeUni()))
afterEach(() => void vi.unstubAllGlobals())

const turn = (key: string, length: number): Message[] => [
  { role: 'user', key, id: `u-${key}`, content: 'why', branches: null },
  { ...pendingAnswer({ key, model: null }), id: `a-${key}`, content: 'x'.repeat(length) },
]

const conversation = (id: string, ...messages: Message[]): Conversation => ({
  ...emptyConversation(),
  id,
  messages,
})

const show = (id: string, length = 10) =>
  keep({ conversation: conversation(id, ...turn('m', length)), draft: '' })

describe('what is kept', () => {
  it('is the last forty that were seen', () => {
    for (let at = 0; at < 45; at++) show(`c${at}`)
    expect(recallOne('c4')).toBeNull()
    expect(recallOne('c5')?.conversation.id).toBe('c5')
    expect(recall().conversation.id).toBe('c44')
  })

  it('is of a very long conversation its last turns', () => {
    const turns = ['m1', 'm2', 'm3', 'm4'].flatMap((key) => turn(key, 20_000))
    keep({ conversation: conversation('c1', ...turns), draft: 'next' })
    const kept = recallOne('c1')
    expect(kept?.draft).toBe('next')
    expect(kept?.conversation.messages.map(({ key }) => key)).toEqual(['m3', 'm3', 'm4', 'm4'])
    const bytes = new TextEncoder().encode(JSON.stringify(readOwn('conversation.c1')))
    expect(bytes.length).toBeLessThan(50_000)
  })

  it('is everything from the first question on that the server does not have', () => {
    const unsent = turn('m2', 30_000).map((message) => ({ ...message, id: null }))
    const turns = [...turn('m1', 9), ...unsent, ...turn('m3', 30_000), ...turn('m4', 30_000)]
    keep({ conversation: conversation('c1', ...turns), draft: '' })
    expect(recallOne('c1')?.conversation.messages[0]?.key).toBe('m2')
  })

  it('is of an endless answer that answer with its question', () => {
    keep({ conversation: conversation('c1', ...turn('m1', 9), ...turn('m2', 400_000)), draft: '' })
    expect(recallOne('c1')?.conversation.messages.map(({ key }) => key)).toEqual(['m2', 'm2'])
  })

  it('gives up those not seen for long where the phone has no more room', () => {
    const room = 4
    const set = uniApp.setStorageSync
    uniApp.setStorageSync = (key, value) => {
      const slots = [...uniApp.stored.keys()].filter((name) => name.includes('conversation.'))
      const isMore = key.includes('conversation.') && !uniApp.stored.has(key)
      if (isMore && slots.length >= room) throw new Error('QuotaExceededError')
      set(key, value)
    }
    for (let at = 0; at < 6; at++) show(`c${at}`)
    expect(['c0', 'c1', 'c2', 'c5'].map((id) => recallOne(id) !== null)).toEqual([
      false,
      false,
      true,
      true,
    ])
  })

  it('is remembered while the page lives where nothing may be stored', () => {
    uniApp.setStorageSync = () => {
      throw new Error('SecurityError')
    }
    show('private-1')
    show('private-2')
    expect(recallOne('private-1')?.conversation.id).toBe('private-1')
  })
})
