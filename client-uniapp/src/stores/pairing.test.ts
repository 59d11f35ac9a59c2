import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { disprove, keepToken, readToken, storedToken } from '../session/token'
import { fakeUni } from '../testing/fakeUni'
import { activatePinia } from '../testing/pinia'
import { useAskingStore } from './asking'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { usePairingStore } from './pairing'

const PAIRED = { token: 'T', device: { id: 'd1' }, member: { id: 'lin' } }

function setUp() {
  const uni = fakeUni()
  activatePinia()
  const connection = useConnectionStore()
  connection.start = vi.fn<() => void>()
  connection.restart = vi.fn<() => void>()
  return { uni, connection, pairing: usePairingStore() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('changes a scanned code for a token and begins with that', async () => {
  const { uni, connection, pairing } = setUp()
  uni.replies.set('POST /pair', PAIRED)
  await pairing.begin('C')
  expect(uni.asked[0]?.body).toMatchObject({ code: 'C' })
  expect(readToken()).toBe('T')
  expect(connection.restart).toHaveBeenCalledOnce()
  expect(pairing.isUnpaired).toBe(false)
})

it('says why a code paired nothing', async () => {
  const { uni, pairing } = setUp()
  uni.refusals.set('POST /pair', 'unknown_code')
  await pairing.begin('C')
  expect(pairing.isUnpaired).toBe(true)
  expect(pairing.trouble).toBe('refused: unknown_code')
})

it('tries a code again that did not reach the server', async () => {
  const { uni, pairing } = setUp()
  await pairing.begin('C')
  expect(pairing.trouble).toBe('')
  uni.replies.set('POST /pair', PAIRED)
  await pairing.again()
  expect(readToken()).toBe('T')
  expect(pairing.isUnpaired).toBe(false)
})

it('lets a member in by name and password, or says why not', async () => {
  const { uni, pairing } = setUp()
  uni.refusals.set('POST /pair/password', 'wrong_password')
  await pairing.signIn('林', 'x')
  expect(pairing.trouble).toBe('refused: wrong_password')
  expect(readToken()).toBeNull()
  uni.refusals.clear()
  uni.replies.set('POST /pair/password', PAIRED)
  await pairing.signIn('林', '一二三')
  expect(uni.asked[1]?.body).toMatchObject({ member: '林', password: '一二三' })
  expect(readToken()).toBe('T')
  expect(pairing.isUnpaired).toBe(false)
})

it('leaves a code for the next device where this one is known', async () => {
  const { uni, pairing } = setUp()
  keepToken('T', 'd1')
  uni.replies.set('GET /me', { role: 'owner' })
  await pairing.begin('C')
  expect(uni.asked.map(({ path }) => path)).toEqual(['/me'])
  expect(readToken()).toBe('T')
})

it('keeps nothing but its looks once it was revoked, and asks without a token', () => {
  const { uni, connection, pairing } = setUp()
  keepToken('T', 'd1')
  uni.setStorageSync('myllm.theme', 'dark')
  uni.setStorageSync('myllm.library', [{ id: 'c1' }])
  const conversation = useConversationStore()
  useAskingStore().submit('a secret')
  conversation.draft = 'another'
  pairing.refuse('T')
  vi.runAllTimers()
  expect([...uni.stored.keys()]).toEqual(['myllm.theme'])
  expect(conversation.messages).toEqual([])
  expect(conversation.draft).toBe('')
  expect(connection.restart).toHaveBeenCalledOnce()
  expect(pairing.isUnpaired).toBe(false)
  pairing.refuse(null)
  expect(pairing.isUnpaired).toBe(true)
})

it('does not mind that an older token is refused', () => {
  const { connection, pairing } = setUp()
  keepToken('T', 'd1')
  pairing.refuse('old')
  expect(readToken()).toBe('T')
  expect(pairing.isUnpaired).toBe(false)
  expect(connection.start).toHaveBeenCalledOnce()
})

it('leaves it to the next greeting whether what was asked before the pairing matters', async () => {
  const { uni, connection, pairing } = setUp()
  uni.replies.set('POST /pair', PAIRED)
  await pairing.begin('C')
  connection.state = { name: 'connecting', tries: 1 }
  disprove()
  pairing.refuse(null)
  expect(pairing.isUnpaired).toBe(false)
  pairing.refuse('old')
  expect(storedToken()).toBe('T')
})

it('shows a member nothing that another one left on the device', async () => {
  const { uni, pairing } = setUp()
  uni.replies.set('POST /pair', PAIRED)
  await pairing.begin('C')
  useAskingStore().submit('a secret of Lin')
  pairing.enter({ ...PAIRED, token: 'M', member: { ...PAIRED.member, id: 'mei' } } as never)
  await flushPromises()
  expect(useConversationStore().messages).toEqual([])
  expect(JSON.stringify([...uni.stored])).not.toContain('secret')
  expect(readToken()).toBe('M')
})

it('keeps what was typed while a new phone was being paired', async () => {
  const { uni, pairing } = setUp()
  uni.replies.set('POST /pair', PAIRED)
  const paired = pairing.begin('C')
  useConversationStore().draft = 'hello'
  await paired
  expect(useConversationStore().draft).toBe('hello')
})

it('lets somebody in where the server greets', () => {
  const { pairing } = setUp()
  pairing.refuse(null)
  pairing.receive({ type: 'hello' } as never)
  expect(pairing.isUnpaired).toBe(false)
})
