import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Model } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import { testModel } from '../testing/model'
import { useModelsStore } from './models'
import { useToastStore } from './toast'

const model = (id: string, isDefault = false): Model => testModel({ id, default: isDefault })

function setUp() {
  setActivePinia(createPinia())
  const store = useModelsStore()
  store.receive({ type: 'models', models: [model('a'), model('b', true)] })
  return store
}

let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('asks the server’s default until somebody chooses', () => {
  expect(setUp().current?.id).toBe('b')
})

it('remembers the choice on this device', () => {
  setUp().choose('a')
  expect(setUp().current?.id).toBe('a')
})

it('falls back when the chosen model is gone', () => {
  const store = setUp()
  void store.choose('a')
  expect(store.current?.id).toBe('a')
  store.receive({ type: 'models', models: [model('b', true), model('c')] })
  expect(store.current?.id).toBe('b')
})

it('has the server load what is chosen and not loaded, and nothing else', async () => {
  const store = setUp()
  const unloaded = { ...model('c'), state: 'unloaded' as const }
  const remote = { ...model('d'), state: 'unloaded' as const, local: false, provider: 'DeepSeek' }
  store.receive({ type: 'models', models: [model('b', true), unloaded, remote] })
  uniApp.replies.set('POST /models/load', { ...unloaded, state: 'loading', progress: 0.1 })
  await store.choose('b')
  await store.choose('d')
  expect(uniApp.asked).toEqual([])
  await store.choose('c')
  expect(uniApp.asked).toEqual([{ method: 'POST', path: '/models/load', body: { model: 'c' } }])
  expect(store.current).toMatchObject({ id: 'c', state: 'loading', progress: 0.1 })
})

it('says why a chosen model cannot be loaded, and leaves the choice', async () => {
  const store = setUp()
  store.receive({ type: 'models', models: [{ ...model('c'), state: 'unloaded' }] })
  uniApp.refusals.set('POST /models/load', 'model_too_large')
  await store.choose('c')
  expect(useToastStore().toast?.values).toEqual({ sentence: 'refused: model_too_large' })
  expect(store.current?.id).toBe('c')
})

it.each([
  [404, false],
  [405, false],
  [500, true],
  [503, true],
])('takes %i without a code for an older server’s, or says it: %s', async (status, isShown) => {
  const store = setUp()
  store.receive({ type: 'models', models: [{ ...model('c'), state: 'unloaded' }] })
  uniApp.statuses.set('POST /models/load', status)
  await store.choose('c')
  expect(useToastStore().toast !== null).toBe(isShown)
})

it('says once for each provider that questions leave the computer', () => {
  const store = setUp()
  const remote = { ...model('d'), local: false, provider: 'DeepSeek' }
  expect(store.isNewProvider(model('a'))).toBe(false)
  expect(store.isNewProvider(remote)).toBe(true)
  store.acknowledge(remote)
  expect(setUp().isNewProvider(remote)).toBe(false)
  expect(setUp().isNewProvider({ ...remote, provider: 'OpenAI' })).toBe(true)
})

it('knows models of a server that is older than their newer fields', () => {
  const store = setUp()
  const old = { id: 'old', name: 'Old', state: 'ready', default: true } as Model
  store.receive({ type: 'models', models: [old] })
  expect(store.current).toMatchObject({ id: 'old', local: true, option_rules: [] })
})

it('asks what the models do while somebody looks, and again when one changes', async () => {
  const store = setUp()
  const busy = { ...model('a'), backend: 'llama_cpp', running: 2, waiting: 1, tokens_per_second: 9.5 }
  uniApp.replies.set('GET /models', { models: [busy] })
  store.watchActivity(true)
  await vi.waitFor(() => expect(store.activities.get('a')).toMatchObject({ running: 2, waiting: 1 }))
  store.receive({ type: 'models', models: [model('a')] })
  await flushPromises()
  expect(uniApp.asked).toHaveLength(2)
  store.watchActivity(false)
  store.receive({ type: 'models', models: [model('a')] })
  await flushPromises()
  expect(uniApp.asked).toHaveLength(2)
})

it('keeps what it saw while the server is out of reach', async () => {
  const store = setUp()
  uniApp.replies.set('GET /models', { models: [{ ...model('a'), running: 2 }] })
  store.watchActivity(true)
  await vi.waitFor(() => expect(store.activities.size).toBe(1))
  uniApp.replies.clear()
  store.receive({ type: 'models', models: [model('a')] })
  await Promise.resolve()
  expect(store.activities.size).toBe(1)
  store.watchActivity(false)
})
