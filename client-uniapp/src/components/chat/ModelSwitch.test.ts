import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Model } from '../../protocol/frames'
import { useModelsStore } from '../../stores/models'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import ModelSwitch from './ModelSwitch.vue'

function show(change: Partial<Model>) {
  const pinia = createPinia()
  setActivePinia(pinia)
  useModelsStore().list = [testModel({ id: 'qwen', name: 'Qwen3 4B', ...change })]
  return mount(ModelSwitch, { global: { plugins: [pinia, i18n] } })
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('names the model that answers next, and offers the others', async () => {
  const view = show({})
  expect(view.text()).toBe('Qwen3 4B')
  await view.get('[data-testid="model-chip"]').trigger('click')
  expect(view.emitted('press')).toHaveLength(1)
})

it.each<[string, Partial<Model>, string]>([
  ['that it leaves the computer', { local: false, provider: 'DeepSeek' }, i18n.global.t('remote.short')],
  ['how far its download is', { state: 'fetching', progress: 0.42 }, '42%'],
  ['that it is not there', { state: 'absent' }, i18n.global.t('model.absent')],
])('says %s', (_name, change, words) => {
  expect(show(change).text()).toContain(words)
})

it('says nothing of one that is loaded when asked', () => {
  expect(show({ state: 'unloaded' }).text()).toBe('Qwen3 4B')
})
