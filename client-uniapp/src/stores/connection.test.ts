import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { useConnectionStore } from './connection'

beforeEach(() => setActivePinia(createPinia()))
afterEach(() => void vi.unstubAllGlobals())

interface FakeTask {
  opened(): void
  close: () => void
  sent: string[]
}

/** A connection that has begun, the sockets it opens, and a greeting with the token of now. */
async function begun() {
  const tasks: FakeTask[] = []
  const device = { token: 'old' }
  const uni = Object.assign(fakeUni(), {
    connectSocket: () => {
      const task: FakeTask = { opened: () => undefined, close: vi.fn<() => void>(), sent: [] }
      tasks.push(task)
      return Object.assign(task, {
        onOpen: (opened: () => void) => void (task.opened = opened),
        onMessage: () => undefined,
        onClose: () => undefined,
        onError: () => undefined,
        send: ({ data }: { data: string }) => void task.sent.push(data),
      })
    },
  })
  vi.stubGlobal('uni', uni)
  const connection = useConnectionStore()
  connection.connect({
    address: () => 'ws://127.0.0.1/ws/chat/',
    greeting: () => ({ type: 'hello', protocol: 1, token: device.token, locale: 'zh-CN' }),
    resume: () => [],
    onFrame: () => undefined,
    onUnpaired: () => undefined,
  })
  connection.start()
  await flushPromises()
  return { connection, tasks, device }
}

it('keeps a socket that is not open yet: it greets as the device that this has become', async () => {
  const { connection, tasks, device } = await begun()
  device.token = 'new'
  connection.restart()
  tasks[0]?.opened()
  expect(tasks).toHaveLength(1)
  expect(tasks[0]?.close).not.toHaveBeenCalled()
  expect(tasks[0]?.sent).toEqual([expect.stringContaining('"token":"new"')])
})

it('leaves a socket that has greeted as another device', async () => {
  const { connection, tasks } = await begun()
  tasks[0]?.opened()
  connection.restart()
  await flushPromises()
  expect(tasks[0]?.close).toHaveBeenCalledOnce()
  expect(tasks).toHaveLength(2)
})

it('measures the way of a ping and its pong', () => {
  vi.spyOn(performance, 'now').mockReturnValueOnce(100).mockReturnValueOnce(112.4)
  const connection = useConnectionStore()
  connection.state = { name: 'online', probing: false }
  connection.measure()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBe(12)
})

it('does not take the heartbeat’s pong for an answer of its own', () => {
  const connection = useConnectionStore()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBeNull()
})

it('does not measure a connection that is not there', () => {
  const connection = useConnectionStore()
  connection.measure()
  connection.receive({ type: 'pong' })
  expect(connection.roundTrip).toBeNull()
})
