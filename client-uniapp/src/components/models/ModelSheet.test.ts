import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Model } from '../../protocol/frames'
import { useMeStore } from '../../stores/me'
import { useModelsStore } from '../../stores/models'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import ModelSheet from './ModelSheet.vue'

const here = testModel({ id: 'here', default: true })
const unloaded = testModel({ id: 'unloaded', state: 'unloaded' })
const far = testModel({ id: 'far', local: false, provider: 'DeepSeek' })

let uniApp: ReturnType<typeof fakeUni>

function setUp(...models: Model[]) {
  const pinia = createPinia()
  setActivePinia(pinia)
  useModelsStore().receive({ type: 'models', models })
  const sheet = mount(ModelSheet, { global: { plugins: [pinia, i18n] } })
  const choose = (id: string) => sheet.get(`[data-choice="${id}"]`).trigger('click')
  return { sheet, choose, models: useModelsStore() }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('chooses a model that is ready with one tap, and is done', async () => {
  const { sheet, choose, models } = setUp(testModel({ id: 'a', default: true }), here)
  await choose('here')
  expect(models.current?.id).toBe('here')
  expect(sheet.emitted('close')).toHaveLength(1)
})

it('shows one that has to be loaded coming, and is done once it is ready', async () => {
  const { sheet, choose, models } = setUp(here, unloaded)
  uniApp.replies.set('POST /models/load', { ...unloaded, state: 'loading', progress: 0.42 })
  await choose('unloaded')
  await flushPromises()
  expect(sheet.emitted('close')).toBeUndefined()
  expect(sheet.get('[data-choice="unloaded"]').text()).toContain('42%')
  models.receive({ type: 'models', models: [here, { ...unloaded, state: 'ready' }] })
  await flushPromises()
  expect(sheet.emitted('close')).toHaveLength(1)
})

it('explains the first time that questions leave the computer, and takes a no', async () => {
  const { sheet, choose, models } = setUp(here, far)
  expect(sheet.get('[data-choice="far"]').text()).toContain('云端 · DeepSeek')
  await choose('far')
  expect(sheet.get('[data-testid="remote-notice"]').text()).toContain('DeepSeek')
  expect(models.current?.id).toBe('here')
  await sheet.get('[aria-label="取消"]').trigger('click')
  expect(models.current?.id).toBe('here')
  await choose('far')
  await sheet.get('[data-testid="agree-remote"]').trigger('click')
  expect(models.current?.id).toBe('far')
})

it('leads the owner alone to more models', async () => {
  const { sheet } = setUp(here)
  expect(sheet.find('[data-testid="sheet-add-model"]').exists()).toBe(false)
  useMeStore().me = { role: 'owner', pairing: true, device: 'd', member: null }
  await sheet.vm.$nextTick()
  expect(sheet.find('[data-testid="sheet-add-model"]').exists()).toBe(true)
})
