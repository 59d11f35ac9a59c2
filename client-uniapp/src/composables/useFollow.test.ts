import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
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

describe('the view', () => {
  afterEach(() => void vi.unstubAllGlobals())

  /** `height` of the view, and of the text in it, which is scrolled by `scrolled`. */
  function seen(height: number, text: number, scrolled: number): void {
    const rects = [{ top: 50, height }, { top: 50 - scrolled, height: text }, []]
    const select = () => ({ boundingClientRect: () => undefined })
    const exec = (tell: (found: unknown[]) => void) => tell(rects)
    const query = { in: () => query, select, selectAll: select, exec }
    Object.assign(fakeUni(), { createSelectorQuery: () => query })
  }

  async function followed() {
    seen(300, 1_000, 700)
    const list = useFollow(null, { view: '.list', column: '.column', row: '.row' })
    await list.measure()
    list.onScroll({ detail: at(700) })
    return list
  }

  it('that has grown moved its text by itself, and is followed on', async () => {
    const list = await followed()
    seen(400, 1_000, 600)
    list.onScroll({ detail: at(600) })
    await vi.waitFor(() => expect(list.isFollowing.value).toBe(true))
  })

  it('that somebody has scrolled up is left alone', async () => {
    const list = await followed()
    seen(300, 1_000, 600)
    list.onScroll({ detail: at(600) })
    await new Promise((resolve) => setTimeout(resolve))
    expect(list.isFollowing.value).toBe(false)
  })

  it('that shows everything is at its end, however it came there', async () => {
    const list = await followed()
    seen(300, 1_000, 600)
    list.onScroll({ detail: at(600) })
    await new Promise((resolve) => setTimeout(resolve))
    seen(1_000, 1_000, 0)
    await list.resized()
    expect(list.isFollowing.value).toBe(true)
  })
})
