import { afterEach, describe, expect, it, vi } from 'vitest'
import { openSocket } from './socket'

type Listener = (event: object) => void

function open() {
  const on: Record<string, Listener> = {}
  let failed: () => void = () => undefined
  const keep = (name: string) => (listener: Listener) => void (on[name] = listener)
  const task = {
    onOpen: keep('open'),
    onMessage: keep('message'),
    onClose: keep('close'),
    onError: keep('error'),
    send: vi.fn(({ fail }: { fail: () => void }) => fail()),
    close: vi.fn(),
  }
  vi.stubGlobal('uni', {
    connectSocket: ({ fail }: { fail: () => void }) => {
      failed = fail
      return task
    },
  })
  const listener = { opened: vi.fn(), heard: vi.fn(), closed: vi.fn() }
  return { socket: openSocket('ws://127.0.0.1/', listener), on, listener, fail: () => failed() }
}

afterEach(() => void vi.unstubAllGlobals())

describe('a socket', () => {
  it.each([1000, 1001, 1005, 1006, 1012])('that ends with %d nobody asked for is lost', (code) => {
    const { on, listener } = open()
    on.close?.({ code })
    expect(listener.closed).toHaveBeenCalledExactlyOnceWith(code)
  })

  it('that may not be opened is lost at once', () => {
    const { listener, fail } = open()
    fail()
    expect(listener.closed).toHaveBeenCalledOnce()
  })

  it('that takes nothing any more is lost', () => {
    const { socket, listener } = open()
    socket.send('x')
    expect(listener.closed).toHaveBeenCalledOnce()
  })

  it('hears text and nothing else', () => {
    const { on, listener } = open()
    on.message?.({ data: new ArrayBuffer(1) })
    on.message?.({ data: '{}' })
    expect(listener.heard.mock.calls).toEqual([['{}']])
  })
})
