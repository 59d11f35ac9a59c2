import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useLate } from './useLate'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('is true only after a moment, and false at once', async () => {
  const isLost = ref(true)
  const late = effectScope().run(() => useLate(() => isLost.value, 1_500))
  vi.advanceTimersByTime(1_400)
  expect(late?.value).toBe(false)
  vi.advanceTimersByTime(100)
  expect(late?.value).toBe(true)
  isLost.value = false
  await nextTick()
  expect(late?.value).toBe(false)
})
