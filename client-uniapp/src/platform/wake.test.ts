// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { debounced, onMove, onWake } from './wake'

let changeNetwork: (status: { isConnected: boolean }) => void

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('uni', {
    onAppShow: () => undefined,
    onNetworkStatusChange: (listener: typeof changeNetwork) => (changeNetwork = listener),
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function seen(isVisible: boolean): void {
  const value = isVisible ? 'visible' : 'hidden'
  Object.defineProperty(document, 'visibilityState', { value, configurable: true })
  document.dispatchEvent(new Event('visibilitychange'))
}

it('answers several calls in a row once, after the last', () => {
  const listener = vi.fn()
  const wake = debounced(listener, 300)
  wake()
  vi.advanceTimersByTime(299)
  wake()
  vi.advanceTimersByTime(299)
  expect(listener).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(listener).toHaveBeenCalledOnce()
})

it('wakes once for all that a phone tells when it is unlocked', () => {
  const listener = vi.fn()
  onWake(listener)
  seen(false)
  vi.advanceTimersByTime(1_000)
  expect(listener).not.toHaveBeenCalled()
  seen(true)
  window.dispatchEvent(new Event('pageshow'))
  vi.advanceTimersByTime(1_000)
  expect(listener).toHaveBeenCalledOnce()
})

it('moves once for all that tell of another network, and not when there is none', () => {
  const listener = vi.fn()
  onMove(listener)
  changeNetwork({ isConnected: false })
  vi.advanceTimersByTime(1_000)
  expect(listener).not.toHaveBeenCalled()
  changeNetwork({ isConnected: true })
  window.dispatchEvent(new Event('online'))
  vi.advanceTimersByTime(1_000)
  expect(listener).toHaveBeenCalledOnce()
})
