import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { en } from '../../locale/en'
import { zh } from '../../locale/zh'
import type { Model } from '../../protocol/frames'
import { useMeStore } from '../../stores/me'
import { useModelsStore } from '../../stores/models'
import { usePreferencesStore } from '../../stores/preferences'
import { useScreensStore } from '../../stores/screens'
import { fakeUni } from '../../testing/fakeUni'
import { testModel } from '../../testing/model'
import Greeting from './Greeting.vue'

const model = (languages: string[]): Model =>
  testModel({ id: 'small', name: 'SmolLM2 135M', default: true, builtin: true, languages })

function greet(languages: string[]) {
  const pinia = createPinia()
  setActivePinia(pinia)
  usePreferencesStore().languageChoice = 'zh'
  useModelsStore().receive({ type: 'models', models: [model(languages)] })
  return mount(Greeting, { global: { plugins: [pinia, i18n] } })
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('suggests English questions for a model that speaks English only, and says so', async () => {
  const view = greet(['en'])
  const [first] = view.findAll('[data-testid="starter"]')
  expect(first?.text()).toContain(en.greeting.starters.explain.ask)
  await first?.trigger('click')
  expect(view.emitted('ask')).toEqual([[en.greeting.starters.explain.ask]])
  const note = view.get('[data-testid="greeting-note"]').text()
  expect(note).toContain('SmolLM2 135M')
  expect(note).toContain('英文')
})

it.each([[['zh', 'en']], [[]]])('suggests questions in the page’s language for %j', (languages) => {
  const view = greet(languages)
  expect(view.get('[data-testid="starter"]').text()).toContain(zh.greeting.starters.explain.ask)
  expect(view.get('[data-testid="greeting-note"]').text()).not.toContain('英文')
})

it('suggests other questions as soon as another model is chosen', async () => {
  const view = greet(['en'])
  useModelsStore().receive({ type: 'models', models: [model(['zh'])] })
  await view.vm.$nextTick()
  expect(view.get('[data-testid="starter"]').text()).toContain(zh.greeting.starters.explain.ask)
})

it('leads the owner of nothing but the built-in model to a better one', async () => {
  const view = greet(['zh'])
  const better = () => view.find('[data-testid="better-model"]')
  expect(better().exists()).toBe(false)
  useMeStore().me = { role: 'owner', pairing: true, device: 'd', member: null }
  await view.vm.$nextTick()
  await better().trigger('click')
  expect(useScreensStore().isOpen('addModel')).toBe(true)
  useModelsStore().receive({ type: 'models', models: [testModel({ id: 'qwen3-4b' })] })
  await view.vm.$nextTick()
  expect(better().exists()).toBe(false)
})
