import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Model, ModelNote } from '../../protocol/frames'
import { useModelsStore } from '../../stores/models'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import ModelsScreen from './ModelsScreen.vue'

const model = (id: string, change: Partial<Model> = {}): Model => testModel({ id, ...change })

function setUp(...models: Model[]) {
  const pinia = createPinia()
  setActivePinia(pinia)
  useModelsStore().receive({ type: 'models', models })
  return mount(ModelsScreen, { global: { plugins: [pinia, i18n] } })
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('chooses with one tap', async () => {
  const view = setUp(model('a', { default: true }), model('b'))
  await view.get('[data-model="b"]').trigger('click')
  expect(view.get('[data-model="b"]').attributes('aria-pressed')).toBe('true')
  expect(useModelsStore().current?.id).toBe('b')
})

it('shows how far a download is', () => {
  const view = setUp(model('a', { state: 'fetching', progress: 0.42 }))
  expect(view.get('[data-testid="model-state"]').text()).toContain('42%')
  expect(view.get('.done').attributes('style')).toContain('42%')
})

it('says why one does not work', () => {
  const view = setUp(model('a', { state: 'failed', error: '模型文件不见了。' }))
  expect(view.get('[data-testid="model-error"]').text()).toBe('模型文件不见了。')
})

it('says what is odd about a model, and nothing of an ordinary one', () => {
  const notes: ModelNote[] = ['one_at_a_time', 'plain_template', 'offloaded']
  const remarks = setUp(model('a', { notes }), model('b')).findAll('[data-testid="model-note"]')
  expect(remarks.map((remark) => remark.text())).toEqual(
    notes.map((note) => i18n.global.t(`note.${note}`)),
  )
})
