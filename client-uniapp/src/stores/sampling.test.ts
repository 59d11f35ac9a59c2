import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Options } from '../protocol/frames'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start } from '../testing/frames'
import { testModel } from '../testing/model'
import { storedConversation } from '../testing/tree'
import { useModelsStore } from './models'
import { usePreferencesStore } from './preferences'

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  const page = conversationPage()
  const lastOptions = (): Options | undefined => {
    const frame = page.sent[page.sent.length - 1]
    return frame && 'options' in frame ? frame.options : undefined
  }
  return { ...page, preferences: usePreferencesStore(), lastOptions }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('names no option while none is set', () => {
  const { lastOptions, asking } = setUp()
  asking.submit('go')
  expect(lastOptions()).toBeUndefined()
})

it('asks as this device likes it, and as the conversation likes it before that', async () => {
  const made = { ...storedConversation('c7'), options: { temperature: 1.2 } }
  uniApp.replies.set('POST /conversations', made)
  const { preferences, lastOptions, asking, navigation, settings } = setUp()
  preferences.options = { temperature: 0.3, top_k: 20 }
  asking.submit('go')
  expect(lastOptions()).toEqual({ temperature: 0.3, top_k: 20 })
  navigation.startNew()
  await settings.configure({ options: { temperature: 1.2 } })
  asking.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1.2, top_k: 20 })
})

it('asks again after a reconnect as it was asked', () => {
  const { preferences, asking, sync } = setUp()
  preferences.options = { seed: 7 }
  asking.submit('go')
  preferences.options = {}
  expect(sync.resume()).toEqual([expect.objectContaining({ type: 'send', options: { seed: 7 } })])
})

it('asks for another answer as things stand now', () => {
  const { store, preferences, lastOptions, asking, sync } = setUp()
  preferences.options = { seed: 7 }
  asking.submit('go')
  sync.receive([accepted(store.messages[0]?.key ?? ''), start, end(2)])
  preferences.options = { seed: 8 }
  if (store.lastAnswer) asking.regenerate(store.lastAnswer)
  expect(lastOptions()).toEqual({ seed: 8 })
})

it('changes nothing of a conversation whose first question is on its way', async () => {
  const { asking, settings } = setUp()
  asking.submit('go')
  expect(await settings.configure({ system_prompt: '你是历史老师。' })).toBe(false)
  expect(uniApp.asked).toEqual([])
})

it('sends only what the current model takes, and keeps the preference', () => {
  const { preferences, lastOptions, asking } = setUp()
  const models = useModelsStore()
  const rules = [
    { name: 'top_k', reason: 'provider' as const, low: null, high: null },
    { name: 'temperature', reason: 'provider' as const, low: 0, high: 1 },
  ]
  const remote = testModel({ id: 'r', option_rules: rules })
  models.receive({ type: 'models', models: [remote, testModel({ id: 'l', default: true })] })
  preferences.options = { temperature: 1.5, top_k: 20 }
  void models.choose('r')
  asking.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1 })
  expect(preferences.options).toEqual({ temperature: 1.5, top_k: 20 })
  void models.choose('l')
  asking.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1.5, top_k: 20 })
})
