import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ClientFrame, Options } from '../protocol/frames'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start } from '../testing/frames'
import { testModel } from '../testing/model'
import { storedConversation } from '../testing/tree'
import { useConnectionStore } from './connection'
import { useConversationStore } from './conversation'
import { useModelsStore } from './models'
import { usePreferencesStore } from './preferences'

let uniApp: ReturnType<typeof fakeUni>

function setUp() {
  setActivePinia(createPinia())
  const sent: ClientFrame[] = []
  useConnectionStore().send = (frame) => void sent.push(frame)
  const lastOptions = (): Options | undefined => {
    const frame = sent[sent.length - 1]
    return frame && 'options' in frame ? frame.options : undefined
  }
  return { store: useConversationStore(), preferences: usePreferencesStore(), lastOptions }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('names no option while none is set', () => {
  const { store, lastOptions } = setUp()
  store.submit('go')
  expect(lastOptions()).toBeUndefined()
})

it('asks as this device likes it, and as the conversation likes it before that', async () => {
  const made = { ...storedConversation('c7'), options: { temperature: 1.2 } }
  uniApp.replies.set('POST /conversations', made)
  const { store, preferences, lastOptions } = setUp()
  preferences.options = { temperature: 0.3, top_k: 20 }
  store.submit('go')
  expect(lastOptions()).toEqual({ temperature: 0.3, top_k: 20 })
  store.startNew()
  await store.configure({ options: { temperature: 1.2 } })
  store.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1.2, top_k: 20 })
})

it('asks again after a reconnect as it was asked', () => {
  const { store, preferences } = setUp()
  preferences.options = { seed: 7 }
  store.submit('go')
  preferences.options = {}
  expect(store.resume()).toEqual([expect.objectContaining({ type: 'send', options: { seed: 7 } })])
})

it('asks for another answer as things stand now', () => {
  const { store, preferences, lastOptions } = setUp()
  preferences.options = { seed: 7 }
  store.submit('go')
  store.receive([accepted(store.messages[0]?.key ?? ''), start, end(2)])
  preferences.options = { seed: 8 }
  if (store.lastAnswer) store.regenerate(store.lastAnswer)
  expect(lastOptions()).toEqual({ seed: 8 })
})

it('changes nothing of a conversation whose first question is on its way', async () => {
  const { store } = setUp()
  store.submit('go')
  expect(await store.configure({ system_prompt: '你是历史老师。' })).toBe(false)
  expect(uniApp.asked).toEqual([])
})

it('sends only what the current model takes, and keeps the preference', () => {
  const { store, preferences, lastOptions } = setUp()
  const models = useModelsStore()
  const rules = [
    { name: 'top_k', reason: 'provider' as const, low: null, high: null },
    { name: 'temperature', reason: 'provider' as const, low: 0, high: 1 },
  ]
  const remote = testModel({ id: 'r', option_rules: rules })
  models.receive({ type: 'models', models: [remote, testModel({ id: 'l', default: true })] })
  preferences.options = { temperature: 1.5, top_k: 20 }
  void models.choose('r')
  store.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1 })
  expect(preferences.options).toEqual({ temperature: 1.5, top_k: 20 })
  void models.choose('l')
  store.submit('go')
  expect(lastOptions()).toEqual({ temperature: 1.5, top_k: 20 })
})
