import { describe, expect, it } from 'vitest'
import { isNearBottom, lettingGo, useFollow } from './useFollow'

const at = (scrollTop: number) => ({ scrollTop, scrollHeight: 1_000 })

describe('following the text', () => {
  it.each([
    ['up from the end', 400, 391, true],
    ['up by a rounding error', 400, 392, false],
    ['up far away', 300, 0, true],
    ['down', 300, 320, false],
  ])('after scrolling %s lets go: %s → %s, %s', (_name, before, after, goes) => {
    expect(lettingGo(before, at(after), 600)).toBe(goes)
  })

  it('begins again within 60 px of the end', () => {
    expect(isNearBottom(at(340), 600)).toBe(true)
    expect(isNearBottom(at(339), 600)).toBe(false)
  })
})

describe('going to the bottom', () => {
  it('changes the position every time, or nothing would scroll', () => {
    const { scrollTop, toBottom } = useFollow(null, { view: '.list', column: '.column', row: '.row' })
    const seen = [scrollTop.value]
    toBottom()
    seen.push(scrollTop.value)
    toBottom()
    seen.push(scrollTop.value)
    expect(new Set(seen).size).toBe(3)
  })
})
