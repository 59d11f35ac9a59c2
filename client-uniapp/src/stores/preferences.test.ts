import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { fakeUni } from '../testing/fakeUni'
import { usePreferencesStore } from './preferences'

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  setActivePinia(createPinia())
  return usePreferencesStore()
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('follows the system', () => {
  expect(setUp()).toMatchObject({ language: 'zh', theme: 'light' })
})

it('remembers what was chosen', async () => {
  const preferences = setUp()
  preferences.languageChoice = 'en'
  preferences.themeChoice = 'dark'
  preferences.textSize = 'huge'
  preferences.enterKey = 'line'
  preferences.thinking = 'folded'
  preferences.options = { temperature: 0.2 }
  await nextTick()
  expect(setUp()).toMatchObject({
    language: 'en',
    theme: 'dark',
    textSize: 'huge',
    enterKey: 'line',
    thinking: 'folded',
    options: { temperature: 0.2 },
  })
})

it('takes no choice it does not know', () => {
  uniApp.stored.set('myllm.theme', 'sepia')
  expect(setUp().theme).toBe('light')
})
