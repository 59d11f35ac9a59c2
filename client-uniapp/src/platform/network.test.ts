import { afterEach, expect, it, vi } from 'vitest'
import { isLoopback, onNetwork } from './network'

afterEach(() => void vi.unstubAllGlobals())

function browserAt(hostname: string) {
  const target = new EventTarget()
  const navigator = { onLine: true }
  vi.stubGlobal('location', { hostname })
  vi.stubGlobal('window', target)
  vi.stubGlobal('navigator', navigator)
  vi.stubGlobal('uni', { getNetworkType: () => undefined, onNetworkStatusChange: () => undefined })
  return (onLine: boolean) => {
    navigator.onLine = onLine
    target.dispatchEvent(new Event(onLine ? 'online' : 'offline'))
  }
}

it('tells at once, and whenever the network goes or comes back', () => {
  const turn = browserAt('192.168.1.20')
  const reported: boolean[] = []
  onNetwork((isThere) => reported.push(isThere))
  turn(false)
  turn(true)
  expect(reported).toEqual([true, false, true])
})

it('does not ask for a network on the computer that serves the page', () => {
  const turn = browserAt('localhost')
  const reported: boolean[] = []
  onNetwork((isThere) => reported.push(isThere))
  turn(false)
  expect(reported).toEqual([])
})

it.each([
  ['127.0.0.1', true],
  ['[::1]', true],
  ['127.0.0.1.example.com', false],
  ['192.168.1.20', false],
])('knows whether %s is this computer', (host, expected) => {
  expect(isLoopback(host)).toBe(expected)
})
