import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nameServer } from '../platform/ownStorage'
import { keepToken, storedToken } from '../session/token'
import { fakeUni } from '../testing/fakeUni'
import { activatePinia } from '../testing/pinia'
import { storedConversation } from '../testing/tree'
import { useAskingStore } from './asking'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { changeServer, forgetEverything } from './forget'
import { useLibraryStore } from './library'
import { useNavigationStore } from './navigation'
import { useSyncStore } from './sync'

beforeEach(() => {
  fakeUni()
  activatePinia()
  useConnectionStore().send = () => undefined
  nameServer('A')
})
afterEach(() => void vi.unstubAllGlobals())

it('shows and sends another server nothing, and all of it again to the first', () => {
  const conversation = useConversationStore()
  useLibraryStore().rows = [storedConversation('c1')]
  useAskingStore().submit('a secret')
  conversation.draft = 'half a sentence'
  changeServer(() => nameServer('B'))
  expect([conversation.messages, conversation.draft]).toEqual([[], ''])
  expect([useSyncStore().resume(), useLibraryStore().rows]).toEqual([[], []])
  conversation.draft = 'for the other'
  changeServer(() => nameServer('A'))
  expect(conversation.draft).toBe('half a sentence')
  expect(useSyncStore().resume()).toMatchObject([{ type: 'send', content: 'a secret' }])
})

it('forgets what was typed for a new chat', () => {
  const conversation = useConversationStore()
  conversation.draft = 'a secret'
  conversation.save()
  forgetEverything()
  useNavigationStore().startNew()
  expect(conversation.draft).toBe('')
})

it('forgets of several servers the one that wants this device no more', () => {
  keepToken('TA', 'd1')
  useAskingStore().submit('a secret')
  changeServer(() => nameServer('B'))
  keepToken('TB', 'd2')
  forgetEverything()
  expect(storedToken()).toBeNull()
  changeServer(() => nameServer('A'))
  expect(storedToken()).toBe('TA')
  expect(useConversationStore().messages[0]?.content).toBe('a secret')
})
