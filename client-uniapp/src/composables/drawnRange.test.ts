import { describe, expect, it } from 'vitest'
import { isFull, nextRange, rangeAt, shifted, tailRange, type Range } from './drawnRange'

const HEIGHT = 800

/** The rows of `range`, each `tall`, when the top of the view is at `at` within the whole. */
function sight({ from, to }: Range, at: number, tall: number) {
  const rows = Array.from({ length: to - from }, (_, index) => {
    const top = (from + index) * tall - at
    return { top, bottom: top + tall }
  })
  return { height: HEIGHT, rows }
}

function settle(range: Range, length: number, at: number, tall: number) {
  let steps = 0
  let largest = 0
  for (;;) {
    const next = nextRange(range, length, sight(range, at, tall))
    if (next === range) return { range, steps, largest }
    largest = Math.max(largest, range.from - next.from, next.to - range.to)
    range = next
    steps += 1
    if (steps > 1_000) throw new Error('it never settles')
  }
}

describe('the drawn range', () => {
  it('begins with the end', () => {
    expect(tailRange(500)).toEqual({ from: 499, to: 500 })
    expect(tailRange(0)).toEqual({ from: 0, to: 0 })
  })

  it.each([20, 100, 700, 9_000])('fills the view and some beyond it with rows of %i px', (tall) => {
    const at = 500 * tall - HEIGHT
    const { range } = settle(tailRange(500), 500, at, tall)
    expect(range.to).toBe(500)
    expect((at - range.from * tall) / HEIGHT).toBeGreaterThanOrEqual(Math.min(2, at / HEIGHT))
  })

  it('holds no more however far somebody scrolls, up and down again, step by small step', () => {
    const tall = 600
    const places = Array.from({ length: 300 }, (_, n) => 290_000 - n * 900)
    let range = tailRange(500)
    for (const at of [...places, ...places.reverse()]) {
      const settled = settle(range, 500, at, tall)
      range = settled.range
      expect(range.to - range.from).toBeLessThan(30)
      expect(settled.largest).toBeLessThanOrEqual(1)
      expect(range.from * tall).toBeLessThanOrEqual(at)
      expect(range.to * tall).toBeGreaterThanOrEqual(at + HEIGHT)
    }
  })

  it('never lets go what is seen of one very long message', () => {
    const { range } = settle({ from: 10, to: 12 }, 50, 11.5 * 20_000, 20_000)
    expect(range.from).toBeLessThanOrEqual(11)
    expect(range.to).toBeGreaterThanOrEqual(12)
  })

  it('lets go before it draws more, when somebody scrolls faster than there is time for', () => {
    let range: Range = { from: 200, to: 220 }
    let most = 0
    for (let at = 120_000; at > 60_000; at -= 600) {
      range = nextRange(range, 500, sight(range, at, 600))
      range = nextRange(range, 500, sight(range, at, 600))
      most = Math.max(most, range.to - range.from)
    }
    expect(most).toBeLessThan(24)
  })

  it('stays with its messages when earlier ones arrive', () => {
    expect(shifted({ from: 4, to: 10 }, 440)).toEqual({ from: 444, to: 450 })
  })

  it('is full when the view is, or nothing is left', () => {
    const full = (range: Range, at: number) => isFull(range, 500, sight(range, at, 600))
    expect(full({ from: 499, to: 500 }, 500 * 600 - HEIGHT)).toBe(false)
    expect(full({ from: 498, to: 500 }, 500 * 600 - HEIGHT)).toBe(true)
    expect(full({ from: 0, to: 1 }, 0)).toBe(false)
    expect(isFull({ from: 0, to: 1 }, 1, sight({ from: 0, to: 1 }, 0, 600))).toBe(true)
  })

  it('goes to a message that is sought', () => {
    expect(rangeAt(100, 500)).toEqual({ from: 100, to: 102 })
  })
})
