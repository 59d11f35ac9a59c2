import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { useModelsStore } from '../../stores/models'
import { useProvidersStore } from '../../stores/providers'
import { account, preset } from '../../testing/catalog'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import ProviderModels from './ProviderModels.vue'

const listed = testModel({ id: 'deepseek/chat', local: false, provider: 'DeepSeek' })

let uniApp: ReturnType<typeof fakeUni>

async function setUp(...others: ReturnType<typeof account>[]) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const models = ['chat', 'reasoner'].map((id) => ({ id, name: id, context_tokens: null, abilities: [] }))
  uniApp.replies.set('GET /providers', { presets: [preset()], providers: [account(), ...others] })
  uniApp.replies.set('GET /providers/p1/models', { models: models })
  useModelsStore().receive({ type: 'models', models: [listed] })
  await useProvidersStore().load()
  useProvidersStore().show(account())
  const group = mount(ProviderModels, {
    props: { account: account() },
    global: { plugins: [pinia, i18n] },
  })
  await flushPromises()
  return { group, row: (id: string) => group.get(`[data-provided="${id}"]`) }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('uses a model that is in the list already, without adding it again', async () => {
  const { group, row } = await setUp()
  expect(row('chat').text()).toContain('使用')
  expect(row('reasoner').text()).toContain('添加')
  await row('chat').trigger('click')
  await flushPromises()
  expect(group.emitted('added')).toEqual([['deepseek/chat']])
  expect(uniApp.asked.filter(({ method }) => method === 'POST')).toEqual([])
})

it('takes no model for its own that may be another account’s of the same name', async () => {
  const { row } = await setUp(account({ id: 'p2' }))
  expect(row('chat').text()).toContain('添加')
})
