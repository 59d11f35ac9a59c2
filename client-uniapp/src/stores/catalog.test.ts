import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { foundModel, offeredEntry } from '../testing/catalog'
import { fakeUni } from '../testing/fakeUni'
import { testModel } from '../testing/model'
import { useCatalogStore } from './catalog'
import { useModelsStore } from './models'
import { useToastStore } from './toast'

const room = { memory: { available: 8, total: 16 }, disk: { free: 99 } }
const listed = { ...testModel({ id: 'hub/qwen3-4b' }), backend: 'llama_cpp', running: 0, waiting: 0 }

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  setActivePinia(createPinia())
  return { catalog: useCatalogStore(), models: useModelsStore(), toast: useToastStore() }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('knows an offered model as listed once it is added', async () => {
  const { catalog, models } = setUp()
  const entry = offeredEntry()
  uniApp.replies.set('GET /models/offer', { ...room, entries: [entry] })
  uniApp.replies.set('POST /models', { ...listed, state: 'fetching', progress: 0 })
  await catalog.loadOffer()
  const adding = catalog.add({ spec: entry.spec })
  expect(catalog.adding).toEqual([entry.spec])
  await adding
  expect(catalog.adding).toEqual([])
  const [shown] = catalog.offer?.entries ?? []
  expect(shown && catalog.listedAs(shown)).toMatchObject({ id: 'hub/qwen3-4b', state: 'fetching' })
  models.receive({ type: 'models', models: [] })
  expect(shown && catalog.listedAs(shown)).toBeNull()
})

it('adds what was found under the name it has there', async () => {
  const { catalog } = setUp()
  const found = foundModel()
  uniApp.replies.set('GET /models/found', { found: [found] })
  uniApp.replies.set('POST /models', listed)
  await catalog.loadFound()
  await catalog.add({ spec: found.spec, name: found.name })
  expect(uniApp.asked[1]?.body).toEqual({ spec: 'ollama/qwen3:4b', name: 'qwen3:4b' })
  expect(catalog.found?.[0]?.listed).toBe('hub/qwen3-4b')
})

it('says in the server’s words why a model cannot be added', async () => {
  const { catalog, toast } = setUp()
  uniApp.refusals.set('POST /models', 'bad_model_spec')
  expect(await catalog.add({ spec: 'nonsense' })).toBeNull()
  expect(toast.toast?.values).toEqual({ sentence: 'refused: bad_model_spec' })
})

it('keeps why nothing is offered, and forgets it with the next try', async () => {
  const { catalog } = setUp()
  uniApp.refusals.set('GET /models/offer', 'not_allowed')
  await catalog.loadOffer()
  expect(catalog.offerTrouble).toMatchObject({ sentence: 'refused: not_allowed', code: 'not_allowed' })
  uniApp.refusals.clear()
  uniApp.replies.set('GET /models/offer', { ...room, entries: [] })
  await catalog.loadOffer()
  expect(catalog.offerTrouble).toBeNull()
})

it('names a model with slashes and signs in the address, and removes its files only if asked', async () => {
  const { catalog, models } = setUp()
  const model = testModel({ id: 'http://h:1/v1#q w' })
  models.receive({ type: 'models', models: [model] })
  uniApp.replies.set('DELETE /models/http%3A//h%3A1/v1%23q%20w?files=1', {})
  await catalog.remove(model, true)
  expect(models.list).toEqual([])
  await catalog.remove(model, false)
  expect(uniApp.asked[1]?.path).toBe('/models/http%3A//h%3A1/v1%23q%20w')
})

it('shows what has changed before the next frame says so', async () => {
  const { catalog, models } = setUp()
  models.receive({ type: 'models', models: [testModel({ id: 'a' })] })
  uniApp.replies.set('PATCH /models/a', { ...listed, id: 'a', owner_only: true })
  expect(await catalog.change('a', { owner_only: true })).toBe(true)
  expect(models.activities.get('a')?.owner_only).toBe(true)
})
