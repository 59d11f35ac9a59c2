import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Member } from '../protocol/members'
import { fakeUni } from '../testing/fakeUni'
import { useMembersStore } from './members'

const none = {
  messages_per_minute: null,
  messages_per_day: null,
  runs_at_once: null,
  prompt_tokens: null,
}
const usual = { messages_per_minute: 0, messages_per_day: 80, runs_at_once: 0, prompt_tokens: 0 }
const member = (id: string, limits: object = none): Member => ({
  ...{ id, name: id, colour: '', role: 'member', expires_at: null, devices: 1 },
  ...{ has_password: false, ...none, ...limits },
})
let uniApp: ReturnType<typeof fakeUni>

async function setUp() {
  setActivePinia(createPinia())
  uniApp.replies.set('GET /members', { members: [member('mum'), member('max')], usual })
  const store = useMembersStore()
  await store.load()
  return store
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('knows what is usual beside the members', async () => {
  const store = await setUp()
  expect(store.usual?.messages_per_day).toBe(80)
})

it('sets one limit of one member as the server took it', async () => {
  const store = await setUp()
  uniApp.replies.set('PATCH /members/mum', member('mum', { runs_at_once: 2 }))
  expect(await store.limit('mum', { runs_at_once: 2 })).toBe(true)
  expect(uniApp.asked[uniApp.asked.length - 1]?.body).toEqual({ runs_at_once: 2 })
  expect(store.list.map((one) => one.runs_at_once)).toEqual([2, null])
})

it('changes nothing that the server did not take', async () => {
  const store = await setUp()
  expect(await store.limit('mum', { runs_at_once: 2 })).toBe(false)
  expect(store.find('mum')?.runs_at_once).toBeNull()
})
