import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readOwn, serverHere, writeOwn } from '../platform/ownStorage'
import { writeStored } from '../platform/storage'
import { hmac, sha256 } from './hmac'
import { meet, onMeeting, openMetSocket, part } from './meeting'
import { keepToken, readToken, storedToken } from './token'

const HOME = 'http://192.168.1.20:8000'
const MOVED = 'http://192.168.43.17:8000'
const at = vi.hoisted(() => ({ origin: '' }))
vi.mock('../platform/address', () => ({
  serverOrigin: () => at.origin,
  apiAddress: () => `${at.origin}/api/v1`,
}))

interface Server {
  name: string
  tokens: Record<string, string>
}
/** Who is at which address. */
const network = new Map<string, Server | 'older'>()
const stored = new Map<string, unknown>()
const sent: string[] = []
const onGone = vi.fn()

interface Request {
  url: string
  data: string
  success(reply: { statusCode: number; data: unknown }): void
  fail(): void
}

function request({ url, data, success, fail }: Request): void {
  sent.push(data)
  const server = network.get(url.replace('/api/v1/pair/server', ''))
  if (server === undefined) return fail()
  if (server === 'older') return success({ statusCode: 404, data: '' })
  const { device, question } = JSON.parse(data)
  const token = server.tokens[device]
  const proof = token ? hmac(sha256(token), `${server.name}.${question}`) : ''
  success({ statusCode: 200, data: { server: server.name, proof } })
}

async function meetAt(origin: string): Promise<void> {
  at.origin = origin
  part()
  await meet()
}

beforeEach(() => {
  onGone.mockClear()
  onMeeting({ onOther: (change) => change(), onGone })
  vi.stubGlobal('uni', {
    request,
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    removeStorageSync: (key: string) => void stored.delete(key),
    getStorageInfoSync: () => ({ keys: [...stored.keys()] }),
  })
})
afterEach(() => {
  network.clear()
  stored.clear()
  sent.length = 0
  vi.unstubAllGlobals()
})

/** Paired with the server `name` at `HOME`. */
async function pairedAtHome(name = 'A'): Promise<void> {
  network.set(HOME, { name, tokens: { d1: 'T' } })
  await meetAt(HOME)
  keepToken('T', 'd1')
  writeOwn('outbox', ['question'])
}

it('shows the token to the same server at a new address, and keeps its things', async () => {
  await pairedAtHome()
  network.set(MOVED, { name: 'A', tokens: { d1: 'T' } })
  await meetAt(MOVED)
  expect(readToken()).toBe('T')
  expect(readOwn('outbox')).toEqual(['question'])
})

it('shows nothing to another server that got the address of the first', async () => {
  await pairedAtHome()
  network.set(HOME, { name: 'B', tokens: {} })
  await meetAt(HOME)
  expect(readToken()).toBeNull()
  expect(storedToken()).toBeNull()
  expect(readOwn('outbox')).toBeFalsy()
  expect(sent.join()).not.toContain('"T"')
  network.set(HOME, { name: 'A', tokens: { d1: 'T' } })
  await meetAt(HOME)
  expect(readToken()).toBe('T')
})

const LIARS: Record<string, string>[] = [{ d1: 'guessed' }, {}]
it.each(LIARS)('shows no token to a liar with the same name', async (tokens) => {
  await pairedAtHome()
  network.set(MOVED, { name: 'A', tokens })
  await meetAt(MOVED)
  expect(readToken()).toBeNull()
  expect(sent.join()).not.toContain('"T"')
})

it('is told when the server it knows has forgotten the device', async () => {
  await pairedAtHome()
  network.set(HOME, { name: 'A', tokens: {} })
  await meetAt(HOME)
  expect(onGone).toHaveBeenCalledOnce()
  expect(readToken()).toBeNull()
})

it('keeps the token of a device that was paired while it asked', async () => {
  at.origin = HOME
  network.set(HOME, { name: 'A', tokens: { d1: 'T' } })
  await meetAt(HOME)
  const asks = vi.fn(request).mockImplementationOnce((asked) => {
    request(asked)
    keepToken('T', 'd1')
  })
  vi.stubGlobal('uni', { ...uni, request: asks })
  await meetAt(HOME)
  expect(asks).toHaveBeenCalledTimes(2)
  expect(onGone).not.toHaveBeenCalled()
  expect(readToken()).toBe('T')
})

it('lets nobody have the token between two connections', async () => {
  await pairedAtHome()
  part()
  expect(readToken()).toBeNull()
})

it('gives what was typed before the first meeting to the server that is met', async () => {
  at.origin = HOME
  writeOwn('draft', 'hello')
  network.set(HOME, { name: 'A', tokens: {} })
  await meetAt(HOME)
  expect(serverHere()).toBe('A')
  expect(readOwn('draft')).toBe('hello')
})

it('takes over the token of a device that was paired before servers had names', async () => {
  writeStored(`token.${HOME}`, 'T')
  network.set(HOME, { name: 'A', tokens: {} })
  await meetAt(HOME)
  expect(readToken()).toBe('T')
})

it('knows an older server by its address, but not where one with a name was', async () => {
  network.set(HOME, 'older')
  await meetAt(HOME)
  keepToken('old', 'd0')
  await meetAt(HOME)
  expect(readToken()).toBe('old')
  await pairedAtHome()
  network.set(HOME, 'older')
  await meetAt(HOME)
  expect(readToken()).toBeNull()
})

it('opens no socket where nobody is met', async () => {
  at.origin = HOME
  const connectSocket = vi.fn()
  vi.stubGlobal('uni', { ...uni, connectSocket })
  await new Promise<void>((closed) =>
    openMetSocket('ws://x', { opened: vi.fn(), heard: vi.fn(), closed: () => closed() }),
  )
  expect(connectSocket).not.toHaveBeenCalled()
})
