import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Model } from '../../protocol/frames'
import { useConversationStore } from '../../stores/conversation'
import { useConversationSettingsStore } from '../../stores/conversationSettings'
import { useModelsStore } from '../../stores/models'
import { usePreferencesStore } from '../../stores/preferences'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import ThinkingPill from './ThinkingPill.vue'

function show(change: Partial<Model> = { abilities: ['reasoning'] }) {
  const pinia = createPinia()
  setActivePinia(pinia)
  useModelsStore().list = [testModel(change)]
  const view = mount(ThinkingPill, { global: { plugins: [pinia, i18n] } })
  return { view, pill: () => view.find('[data-testid="thinking-pill"]') }
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('is not there for a model that cannot think, or always does', () => {
  const rule = { name: 'enable_thinking', reason: 'reasoning' as const, low: null, high: null }
  expect(show({}).pill().exists()).toBe(false)
  expect(show({ abilities: ['reasoning'], option_rules: [rule] }).pill().exists()).toBe(false)
})

it('shows the state, and one tap switches it for this device', async () => {
  const { pill } = show()
  expect(pill().attributes('aria-pressed')).toBe('true')
  await pill().trigger('click')
  expect(pill().attributes('aria-pressed')).toBe('false')
  expect(usePreferencesStore().options).toEqual({ enable_thinking: false })
  await pill().trigger('click')
  expect(usePreferencesStore().options).toEqual({ enable_thinking: true })
})

it('switches what the conversation itself says, where it does', async () => {
  const { pill } = show()
  const store = useConversationStore()
  store.conversation = { ...store.conversation, options: { enable_thinking: false } }
  const configure = vi.fn(() => Promise.resolve(true))
  useConversationSettingsStore().configure = configure
  await pill().trigger('click')
  expect(configure).toHaveBeenCalledWith({ options: { enable_thinking: true } })
  expect(usePreferencesStore().options).toEqual({})
})

it('does not say what a provider’s model does unasked', () => {
  const { view, pill } = show({ abilities: ['reasoning'], local: false })
  expect(pill().attributes('aria-pressed')).toBe('false')
  expect(view.text()).toContain(i18n.global.t('chatOptions.byModel'))
})
