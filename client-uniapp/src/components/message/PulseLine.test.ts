import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import type { Answer } from '../../protocol/conversation'
import { pendingAnswer } from '../../protocol/turns'
import { useConnectionStore } from '../../stores/connection'
import { fakeUni } from '../../testing/fakeUni'
import PulseLine from './PulseLine.vue'

const answer: Answer = {
  ...pendingAnswer({ key: 'k', model: 'm' }),
  run: 'r',
  status: 'streaming',
  content: 'so far',
  seq: 2,
}

function show() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const connection = useConnectionStore()
  connection.state = { name: 'online', probing: false }
  const ping = vi.spyOn(connection, 'send').mockImplementation(() => undefined)
  connection.measure = () => connection.send({ type: 'ping' })
  const view = mount(PulseLine, { props: { answer }, global: { plugins: [pinia, i18n] } })
  const after = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    await nextTick()
    return view.find('[data-testid="pulse"]')
  }
  return { view, after, connection, ping }
}

beforeEach(() => {
  fakeUni()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('is seen in a silence in the middle of an answer, and not while text comes', async () => {
  const { view, after } = show()
  expect((await after(1_000)).exists()).toBe(false)
  await view.setProps({ answer: { ...answer, content: 'so far, more', seq: 3 } })
  expect((await after(1_000)).exists()).toBe(false)
  expect((await after(600)).exists()).toBe(true)
  await view.setProps({ answer: { ...answer, content: 'so far, more text', seq: 4 } })
  expect(view.find('[data-testid="pulse"]').exists()).toBe(false)
})

it('says after long that the model goes on, once the server has answered a ping', async () => {
  const { after, connection, ping } = show()
  expect((await after(5_100)).text()).toBe('')
  expect(ping).toHaveBeenCalledOnce()
  connection.receive({ type: 'pong' })
  expect((await after(0)).text()).toBe(i18n.global.t('silence.computing'))
})

it('says that the connection is lost', async () => {
  const { after, connection } = show()
  connection.state = { name: 'waiting', tries: 1 }
  expect((await after(1_600)).text()).toBe(i18n.global.t('silence.lost'))
})
