import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import { useConnectionStore } from '../../stores/connection'
import { fakeUni } from '../../testing/fakeUni'
import ConnectionBanner from './ConnectionBanner.vue'

function lose() {
  const pinia = createPinia()
  setActivePinia(pinia)
  const connection = useConnectionStore()
  const wake = vi.fn()
  connection.wake = wake
  const view = mount(ConnectionBanner, { global: { plugins: [pinia, i18n] } })
  const after = async (ms: number) => {
    vi.advanceTimersByTime(ms)
    await nextTick()
    return view.text()
  }
  return { connection, view, wake, after }
}

beforeEach(() => {
  fakeUni()
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('says nothing of what passes quickly', async () => {
  const { after } = lose()
  expect(await after(1_000)).toBe('')
  expect(await after(1_000)).toBe(i18n.global.t('connection.connecting'))
})

it('says after long what to look at, and tries at once if asked to', async () => {
  const { view, wake, after } = lose()
  expect(await after(21_000)).toContain(i18n.global.t('connection.unreachable'))
  await view.find('[data-testid=reconnect]').trigger('click')
  expect(wake).toHaveBeenCalledOnce()
})

it('says at once that the device has no network', async () => {
  const { connection, after } = lose()
  connection.setNetwork(false)
  expect(await after(0)).toBe(i18n.global.t('connection.offline'))
  expect(await after(21_000)).toBe(i18n.global.t('connection.offline'))
})

it('believes the server that answers rather than the device that knows of no network', async () => {
  const { connection, after } = lose()
  connection.setNetwork(false)
  connection.state = { name: 'online', probing: false }
  expect(await after(0)).toBe('')
})
