import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClientFrame, ServerFrame } from '../protocol/frames'
import type { ConnectionState } from './connection'
import { Session } from './session'
import type { SocketListener } from './socket'

const HELLO = '{"type":"hello","protocol":1,"models":[]}'

class FakeSocket {
  sent: ClientFrame[] = []
  isClosed = false
  constructor(readonly listener: SocketListener) {}
  send = (text: string) => void this.sent.push(JSON.parse(text))
  close = () => void (this.isClosed = true)
}

function setUp() {
  const sockets: FakeSocket[] = []
  const states: ConnectionState['name'][] = []
  const frames: ServerFrame[] = []
  const refused: (string | null)[] = []
  const session = new Session(
    {
      address: () => 'ws://127.0.0.1/ws/chat/',
      greeting: () => ({ type: 'hello', protocol: 1, locale: 'zh-CN', token: 'T' }),
      resume: () => [{ type: 'attach', run: 'r1', after: 2 }],
      onFrame: (frame) => void frames.push(frame),
      onState: ({ name }) => void states.push(name),
      onUnpaired: (shown) => void refused.push(shown),
    },
    (_url, listener) => {
      const socket = new FakeSocket(listener)
      sockets.push(socket)
      return socket
    },
  )
  session.start()
  return { session, sockets, states, frames, refused }
}

function socketAt(sockets: FakeSocket[], index: number): FakeSocket {
  const socket = sockets[index]
  if (!socket) throw new Error(`socket ${index} was not opened`)
  return socket
}

function goOnline(sockets: FakeSocket[]): FakeSocket {
  const socket = socketAt(sockets, sockets.length - 1)
  socket.listener.opened()
  socket.listener.heard(HELLO)
  return socket
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('session', () => {
  it('greets, waits for the answer, then resumes', () => {
    const { sockets, states } = setUp()
    const socket = socketAt(sockets, 0)
    socket.listener.opened()
    expect(socket.sent).toEqual([{ type: 'hello', protocol: 1, locale: 'zh-CN', token: 'T' }])
    socket.listener.heard(HELLO)
    expect(socket.sent[1]).toEqual({ type: 'attach', run: 'r1', after: 2 })
    expect(states).toEqual(['connecting', 'greeting', 'online'])
  })

  it('sends whole texts alone', () => {
    const { session, sockets } = setUp()
    const socket = goOnline(sockets)
    session.send({ type: 'send', client_msg_id: 'k', content: 'half \ud83d end' })
    expect(socket.sent).toContainEqual(
      expect.objectContaining({ content: 'half \ufffd end' }) as ClientFrame,
    )
  })

  it('takes a refusal that names nothing for that of the oldest question on this socket', () => {
    const { session, sockets, frames } = setUp()
    const socket = goOnline(sockets)
    session.send({ type: 'send', client_msg_id: 'k', content: '?' })
    socket.listener.heard('{"type":"error","code":"never_heard_of","message":"","retryable":false}')
    expect(frames).toContainEqual(expect.objectContaining({ client_msg_id: 'k' }) as ServerFrame)
  })

  it('sends nothing while offline', () => {
    const { session, sockets } = setUp()
    session.send({ type: 'stop', run: 'r1' })
    expect(socketAt(sockets, 0).sent).toEqual([])
  })

  it('replaces a socket that keeps silent after a ping', () => {
    const { sockets } = setUp()
    const silent = goOnline(sockets)
    vi.advanceTimersByTime(15_000)
    expect(silent.sent).toContainEqual({ type: 'ping' })
    vi.advanceTimersByTime(5_000)
    expect(silent.isClosed).toBe(true)
    expect(sockets).toHaveLength(2)
  })

  it('finds out soon that what was asked reached nobody', () => {
    const { session, sockets } = setUp()
    const silent = goOnline(sockets)
    session.send({ type: 'stop', run: 'r1' })
    expect(silent.sent.slice(2)).toEqual([{ type: 'stop', run: 'r1' }, { type: 'ping' }])
    vi.advanceTimersByTime(5_000)
    expect(sockets).toHaveLength(2)
  })

  it('gives a long question the time that it takes', () => {
    const { session, sockets } = setUp()
    const slow = goOnline(sockets)
    session.send({ type: 'send', client_msg_id: 'm1', content: 'x'.repeat(200_000) })
    expect(slow.sent.slice(2)).not.toContainEqual({ type: 'ping' })
    vi.advanceTimersByTime(14_000)
    expect(slow.isClosed).toBe(false)
  })

  it('does not wait for what was begun on another network', () => {
    const { session, sockets } = setUp()
    session.move()
    expect(socketAt(sockets, 0).isClosed).toBe(true)
    expect(sockets).toHaveLength(2)
  })

  it('gives a socket up when the network is lost, and begins anew when it is back', () => {
    const { session, sockets } = setUp()
    goOnline(sockets)
    session.lose()
    expect(socketAt(sockets, 0).isClosed).toBe(true)
    session.move()
    expect(sockets).toHaveLength(2)
  })

  it('never holds two sockets', () => {
    const { session, sockets } = setUp()
    for (let round = 0; round < 5; round++) {
      goOnline(sockets).listener.closed()
      session.wake()
      session.wake()
    }
    expect(sockets.filter(({ isClosed }) => !isClosed)).toHaveLength(1)
  })

  it('keeps a socket that answers', () => {
    const { session, sockets } = setUp()
    const socket = goOnline(sockets)
    session.wake()
    socket.listener.heard('{"type":"pong"}')
    vi.advanceTimersByTime(10_000)
    expect(sockets).toHaveLength(1)
  })

  it('comes back after a lost connection', () => {
    const { sockets, states } = setUp()
    goOnline(sockets).listener.closed()
    vi.advanceTimersByTime(500)
    goOnline(sockets)
    expect(states).toEqual([
      'connecting',
      'greeting',
      'online',
      'waiting',
      'connecting',
      'greeting',
      'online',
    ])
  })

  it('does not listen to a dropped socket', () => {
    const { sockets, frames } = setUp()
    const first = goOnline(sockets)
    first.listener.closed()
    vi.advanceTimersByTime(500)
    const count = frames.length
    first.listener.heard('{"type":"pong"}')
    first.listener.closed()
    expect(frames).toHaveLength(count)
    expect(sockets).toHaveLength(2)
  })

  it('gives up on a server of another protocol', () => {
    const { sockets, states } = setUp()
    const socket = socketAt(sockets, 0)
    socket.listener.opened()
    socket.listener.heard(
      '{"type":"error","code":"unsupported_protocol","message":"","retryable":false}',
    )
    vi.advanceTimersByTime(60_000)
    expect(states[states.length - 1]).toBe('idle')
    expect(sockets).toHaveLength(1)
  })

  it.each<[string, (to: SocketListener) => void]>([
    ['in words', (to) => to.heard('{"type":"error","code":"unpaired","message":""}')],
    ['by the end alone', (to) => to.closed(4401)],
  ])('tells once that it was sent away, %s, and does not come back', (_, sendAway) => {
    const { sockets, states, refused } = setUp()
    const { listener } = goOnline(sockets)
    sendAway(listener)
    listener.closed(4401)
    vi.advanceTimersByTime(60_000)
    expect(refused).toEqual(['T'])
    expect(states[states.length - 1]).toBe('idle')
    expect(sockets).toHaveLength(1)
  })

  it.each(['', 'null', '[]', '{', '{"type":"later"}'])('survives %o', (text) => {
    const { sockets, states } = setUp()
    goOnline(sockets).listener.heard(text)
    expect(states[states.length - 1]).toBe('online')
  })
})
