import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { keepToken, storedToken } from '../session/token'
import { fakeUni } from '../testing/fakeUni'
import { activatePinia } from '../testing/pinia'
import { useAccountStore } from './account'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { useMeStore } from './me'
import { useToastStore } from './toast'

async function signedIn(device: string | null = 'd1') {
  const uni = fakeUni()
  activatePinia()
  const connection = useConnectionStore()
  connection.restart = vi.fn<() => void>()
  uni.replies.set('GET /me', { role: 'member', pairing: true, device, member: null })
  keepToken('T', 'd1')
  await useMeStore().load()
  useConversationStore().draft = 'a secret'
  return { uni, connection, account: useAccountStore() }
}

afterEach(() => void vi.unstubAllGlobals())

it('revokes this device’s own token and clears what is kept here', async () => {
  const { uni, connection, account } = await signedIn()
  uni.replies.set('DELETE /devices/d1', '')
  account.open()
  await account.signOut()
  expect(uni.asked.map(({ method, path }) => `${method} ${path}`)).toContain('DELETE /devices/d1')
  expect([storedToken(), useConversationStore().draft, account.isOpen]).toEqual([null, '', false])
  expect(connection.restart).toHaveBeenCalledOnce()
})

it('stays signed in where the server was not reached, and says so', async () => {
  const { account } = await signedIn()
  await account.signOut()
  expect(storedToken()).toBe('T')
  expect(useConversationStore().draft).toBe('a secret')
  expect(useToastStore().toast?.key).toBe('toast.unreached')
})

it('asks once, however often it is pressed', async () => {
  const { uni, account } = await signedIn()
  void account.signOut()
  void account.signOut()
  await flushPromises()
  expect(uni.asked.filter(({ method }) => method === 'DELETE')).toHaveLength(1)
})

it('has nothing to sign out of on the server’s own computer', async () => {
  const { uni, account } = await signedIn(null)
  await account.signOut()
  expect(uni.asked.filter(({ method }) => method === 'DELETE')).toEqual([])
  expect(storedToken()).toBe('T')
})
