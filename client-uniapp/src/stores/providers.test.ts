import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { account, preset } from '../testing/catalog'
import { fakeUni } from '../testing/fakeUni'
import { useProvidersStore } from './providers'
import { useToastStore } from './toast'

const models = [{ id: 'deepseek-chat', name: 'DeepSeek Chat', context_tokens: null, abilities: [] }]

let uniApp: ReturnType<typeof fakeUni>

async function setUp(...accounts: ReturnType<typeof account>[]) {
  setActivePinia(createPinia())
  uniApp.replies.set('GET /providers', { presets: [preset()], providers: accounts })
  uniApp.replies.set('POST /providers', account())
  uniApp.replies.set('GET /providers/p1/models', { models })
  const store = useProvidersStore()
  await store.load()
  return store
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('makes the account and asks for its models', async () => {
  const store = await setUp()
  store.begin(preset())
  expect(await store.save({ key: 'sk-1' })).toBe(true)
  expect(uniApp.asked.find(({ method }) => method === 'POST')?.body).toEqual({
    preset: 'deepseek',
    key: 'sk-1',
  })
  expect(store.models).toEqual(models)
})

it('keeps a key neither in its state nor in the storage', async () => {
  const store = await setUp()
  store.begin(preset())
  await store.save({ key: 'sk-secret' })
  expect(JSON.stringify(store.$state)).not.toContain('sk-secret')
  expect(JSON.stringify([...uniApp.stored])).not.toContain('sk-secret')
})

it('goes to the account that there is, and asks for no second key', async () => {
  const store = await setUp(account())
  store.begin(preset())
  expect(store.account?.id).toBe('p1')
  await vi.waitFor(() => expect(store.models).toEqual(models))
})

it('begins another account where everybody has an address of their own', async () => {
  const azure = preset({ id: 'azure', base_url: null })
  const store = await setUp(account({ preset: 'azure' }))
  store.begin(azure)
  expect(store.account).toBeNull()
})

it('changes the key of an account instead of making another', async () => {
  const store = await setUp(account())
  uniApp.replies.set('PATCH /providers/p1', account())
  store.show(account())
  await store.save({ key: 'sk-2' })
  expect(uniApp.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(1)
})

it('notices that the provider refuses the key', async () => {
  const store = await setUp()
  uniApp.refusals.set('GET /providers/p1/models', 'provider_key_refused')
  store.begin(preset())
  expect(await store.save({ key: 'sk-1' })).toBe(true)
  expect(store.isKeyRefused).toBe(true)
  expect(store.modelsTrouble?.sentence).toBe('refused: provider_key_refused')
})

it('says why an account is not taken', async () => {
  const store = await setUp()
  uniApp.refusals.set('POST /providers', 'bad_field')
  store.begin(preset())
  expect(await store.save({ key: 'sk-1' })).toBe(false)
  expect(useToastStore().toast?.values).toEqual({ sentence: 'refused: bad_field' })
})

it('shows why another key is refused in place of what the old one was told', async () => {
  const store = await setUp(account())
  store.show(account())
  await vi.waitFor(() => expect(store.models).toEqual(models))
  uniApp.replies.set('PATCH /providers/p1', account())
  uniApp.refusals.set('GET /providers/p1/models', 'provider_key_refused')
  await store.save({ key: 'sk-2' })
  expect(store.models).toBeNull()
  expect(store.isKeyRefused).toBe(true)
})

it('keeps a late answer out of the provider that is shown by then', async () => {
  const store = await setUp(account())
  const other = preset({ id: 'moonshot', name: 'Moonshot' })
  store.show(account())
  store.begin(other)
  expect(store.isLoadingModels).toBe(false)
  await flushPromises()
  expect(store.models).toBeNull()
})

it('leaves the provider that is shown by the time an account is saved', async () => {
  const store = await setUp()
  const other = preset({ id: 'moonshot', name: 'Moonshot' })
  store.begin(preset())
  const saving = store.save({ key: 'sk-1' })
  store.begin(other)
  uniApp.replies.set('GET /providers', { presets: [preset()], providers: [account()] })
  expect(await saving).toBe(true)
  expect(store.preset).toEqual(other)
  expect(store.account).toBeNull()
  expect(store.models).toBeNull()
  expect(store.accounts).toEqual([account()])
})
