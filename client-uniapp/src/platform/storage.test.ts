import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { readStored, removeStored, writeStored } from './storage'

const stored = new Map<string, unknown>()
let isForbidden = false

function refuse(): void {
  if (isForbidden) throw new Error('QuotaExceededError')
}

beforeEach(() => {
  vi.stubGlobal('uni', {
    getStorageSync: (key: string) => (refuse(), stored.get(key) ?? ''),
    setStorageSync: (key: string, value: unknown) => (refuse(), void stored.set(key, value)),
    removeStorageSync: (key: string) => (refuse(), void stored.delete(key)),
  })
})
afterEach(() => {
  isForbidden = false
  stored.clear()
  vi.unstubAllGlobals()
})

it('remembers for the page what a private window does not store', () => {
  isForbidden = true
  expect(writeStored('outbox', ['question'])).toBe(false)
  expect(readStored('outbox')).toEqual(['question'])
  removeStored('outbox')
  expect(readStored('outbox')).toBeUndefined()
})

it('stores again once there is room', () => {
  isForbidden = true
  writeStored('outbox', ['one'])
  isForbidden = false
  expect(writeStored('outbox', ['two'])).toBe(true)
  expect(stored.get('myllm.outbox')).toEqual(['two'])
  expect(readStored('outbox')).toEqual(['two'])
})
