import { enableAutoUnmount, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import { useAskingStore } from '../../stores/asking'
import { useConversationStore } from '../../stores/conversation'
import { useSyncStore } from '../../stores/sync'
import { fakeUni } from '../../testing/fakeUni'
import { accepted, end, start, stream } from '../../testing/frames'
import MessageList from './MessageList.vue'

const rendered = vi.fn()
const stub = (prop: string) => ({
  props: [prop, 'isLast', 'dropped'],
  template: `<p>{{ ${prop}.content }}</p>`,
  updated: rendered,
})

beforeEach(() => {
  const select = () => ({ boundingClientRect: () => undefined })
  const exec = (tell: (found: unknown[]) => void) => tell([{ height: 500 }, null, []])
  const query = { in: () => query, select, selectAll: select, exec }
  Object.assign(fakeUni(), { createSelectorQuery: () => query })
  setActivePinia(createPinia())
  rendered.mockClear()
})
afterEach(() => vi.unstubAllGlobals())
enableAutoUnmount(afterEach)

function list() {
  const plugins = [i18n]
  const stubs = { UserMessage: stub('question'), AssistantMessage: stub('answer') }
  return mount(MessageList, { props: { height: 800 }, global: { plugins, stubs } })
}

it('renders for one more delta the growing answer alone', async () => {
  const asking = useAskingStore()
  const store = useConversationStore()
  const sync = useSyncStore()
  for (const question of ['一', '二', '三']) {
    asking.submit(question)
    const { key } = store.lastAnswer ?? { key: '' }
    sync.receive([{ ...accepted(key), run: key }, { ...start, run: key }])
    if (question !== '三') sync.receive([{ ...end(2), run: key }])
  }
  const view = list()
  await nextTick()
  rendered.mockClear()
  sync.receive([{ ...stream(2, '你好'), run: store.lastAnswer?.key ?? '' }])
  await nextTick()
  expect(view.text()).toContain('你好')
  expect(rendered).toHaveBeenCalledTimes(1)
})
