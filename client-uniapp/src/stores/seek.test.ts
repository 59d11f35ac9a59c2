import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watch } from 'vue'
import type { Tree } from '../protocol/rest'
import { fakeUni } from '../testing/fakeUni'
import { storedConversation, treeMessage } from '../testing/tree'
import { useConversationStore } from './conversation'
import { useSeekStore } from './seek'

const TREE = 'GET /conversations/c1/messages'
let uniApp: ReturnType<typeof fakeUni>

/** One question with two answers, of which the one named is shown. */
const tree = (leaf: string): Tree => ({
  conversation: storedConversation('c1'),
  leaf,
  messages: [
    treeMessage('q', null, '问'),
    treeMessage('a1', 'q', '一', {}),
    treeMessage('a2', 'q', '二', {}),
  ],
})

function setUp() {
  setActivePinia(createPinia())
  return { seek: useSeekStore(), shown: useConversationStore() }
}

const at = (message: string | null) => ({ conversation: 'c1', title: 't', message })

beforeEach(() => {
  uniApp = fakeUni()
  uniApp.replies.set(TREE, tree('a2'))
})
afterEach(() => void vi.unstubAllGlobals())

it('opens the conversation at a message of the branch that is shown', async () => {
  const { seek, shown } = setUp()
  await seek.seek(at('a2'))
  expect(shown.conversation.id).toBe('c1')
  expect(seek.sought).toBe('a2')
  expect(uniApp.asked.map(({ method }) => method)).toEqual(['GET'])
})

it('chooses the branch that the message is in', async () => {
  const { seek, shown } = setUp()
  uniApp.replies.set('PATCH /conversations/c1', storedConversation('c1'))
  const chosen = () => uniApp.replies.set(TREE, tree('a1'))
  watch(() => shown.messages, chosen, { flush: 'sync' })
  await seek.seek(at('a1'))
  expect(shown.messages.map(({ id }) => id)).toEqual(['q', 'a1'])
  expect(seek.sought).toBe('a1')
})

it('gives up what is no longer there', async () => {
  const { seek } = setUp()
  await seek.seek(at('gone'))
  expect(seek.sought).toBeNull()
})

it('opens the conversation whose title was found', async () => {
  const { seek, shown } = setUp()
  await seek.seek(at(null))
  expect(shown.messages).toHaveLength(2)
})
