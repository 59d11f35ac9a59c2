import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Model } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import { testModel } from '../testing/model'
import { useModelsStore } from './models'

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
  setUp().choose('gone')
  expect(setUp().current?.id).toBe('b')
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
