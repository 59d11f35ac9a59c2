import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import type { Part } from './drawnParts'
import { tailRange, type Range } from './drawnRange'
import { useDrawnRange } from './useDrawnRange'

const TALL = 900

let scope: EffectScope
beforeEach(() => {
  scope = effectScope()
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => setTimeout(draw))
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

/** Messages called 0, 1, 2…, seen at the end, each of one height. */
function setUp(messages: number) {
  const names = ref(Array.from({ length: messages }, (_, index) => `${index}`))
  const keepPlace = vi.fn((change: () => Promise<void>) => change())
  const range = (): Range => drawnRange?.range.value ?? tailRange(messages)
  const drawnRange: ReturnType<typeof useDrawnRange> | undefined = scope.run(() =>
    useDrawnRange({
      length: () => names.value.length,
      name: (index) => names.value[index],
      sight: async () => {
        const { from, to } = range()
        const rows = Array.from({ length: to - from }, (_, index) => {
          const bottom = 800 - (to - from - 1 - index) * TALL
          return { top: bottom - TALL, bottom }
        })
        return { height: 800, rows }
      },
      keepPlace,
    }),
  )
  if (!drawnRange) throw new Error('the scope has ended')
  return { names, keepPlace, ...drawnRange }
}

/** A text of so many blocks at the upper edge. */
function text(blocks: number) {
  let drawn = 0
  const more = vi.fn(() => void (drawn += 1))
  const finish = vi.fn(() => void (drawn = blocks))
  const part: Part = { side: 'above', isWhole: () => drawn >= blocks, more, finish }
  return { part, more, finish }
}

it('draws earlier messages until there is enough of them, in their place', async () => {
  const { range, isFilling, keepPlace } = setUp(90)
  expect(range.value).toEqual({ from: 89, to: 90 })
  expect(isFilling.value).toBe(true)
  await vi.waitFor(() => expect(isFilling.value).toBe(false))
  await vi.waitFor(() => expect(range.value.from).toBe(87))
  expect(keepPlace).toHaveBeenCalledTimes(2)
})

it('draws a long message whole before the next one', async () => {
  const { range, parts } = setUp(90)
  const { part, more } = text(40)
  parts.begin(part)
  await vi.waitFor(() => expect(range.value.from).toBe(87))
  expect(more).toHaveBeenCalledTimes(40)
})

it('keeps what is drawn when a question is added, and leaves no gap in it', async () => {
  const { names, range, parts, isFilling } = setUp(50)
  await vi.waitFor(() => expect(range.value.from).toBe(47))
  const { part, finish } = text(1_000)
  parts.begin(part)
  names.value = [...names.value, '50', '51']
  await nextTick()
  expect(range.value).toEqual({ from: 47, to: 52 })
  expect(finish).toHaveBeenCalled()
  expect(isFilling.value).toBe(false)
})

it('begins with the end of another conversation', async () => {
  const { names, range, isFilling } = setUp(50)
  await vi.waitFor(() => expect(isFilling.value).toBe(false))
  names.value = ['a', 'b', 'c']
  await nextTick()
  expect(range.value).toEqual({ from: 2, to: 3 })
  expect(isFilling.value).toBe(true)
})

it('stays where it is when the server tells of earlier messages', async () => {
  const { names, range } = setUp(50)
  await vi.waitFor(() => expect(range.value.from).toBe(47))
  names.value = [...Array.from({ length: 30 }, (_, index) => `earlier ${index}`), ...names.value]
  await nextTick()
  expect(range.value.from).toBe(77)
})

it('goes to what is sought, and to the end from far above', () => {
  const { range, reach, toEnd, isAtEnd } = setUp(500)
  reach(3)
  expect(range.value).toEqual({ from: 3, to: 5 })
  expect(isAtEnd()).toBe(false)
  toEnd()
  expect(isAtEnd()).toBe(true)
  expect(range.value.to).toBe(500)
})
