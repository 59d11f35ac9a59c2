import type { ComponentInternalInstance } from 'vue'
import { nextTick, ref } from 'vue'
import type { Sight } from './drawnRange'

/** Nearer to the end than this, a reader who scrolls down is taken to follow the text again. */
export const NEAR_PX = 60
/** A finger's first move upwards is enough to let go; less than this is the browser's rounding. */
export const LET_GO_PX = 8
/** What is sought stands this far below the top, so that it is seen where it begins. */
const ABOVE_PX = 12

export interface Scrolled {
  scrollTop: number
  scrollHeight: number
}

/** Who follows is let go by scrolling up alone: the text may grow faster than the view follows. */
export function lettingGo(before: number, after: Scrolled, viewHeight: number): boolean {
  return after.scrollTop < before && distanceBelow(after, viewHeight) > LET_GO_PX
}

export function isNearBottom(scrolled: Scrolled, viewHeight: number): boolean {
  return distanceBelow(scrolled, viewHeight) <= NEAR_PX
}

function distanceBelow({ scrollTop, scrollHeight }: Scrolled, viewHeight: number): number {
  return scrollHeight - scrollTop - viewHeight
}

/** Where the parts of a list are: the scroll-view, the column in it, and the rows of that. */
export interface Parts {
  view: string
  column: string
  row: string
}

/**
 * Keeps the end of a scroll-view in sight while the reader is there, and leaves a reader alone
 * who has scrolled up. `isAtEnd` tells whether what is drawn goes to the end, `isAll` whether it is
 * everything.
 */
export function useFollow(
  instance: ComponentInternalInstance | null,
  parts: Parts,
  isAtEnd: () => boolean = () => true,
  isAll: () => boolean = () => true,
) {
  const isFollowing = ref(true)
  const scrollTop = ref(0)
  let viewHeight = 0
  let lastTop = 0

  /** The view's height changes with the keyboard and the window. */
  async function measure(): Promise<void> {
    const seen = await look()
    if (!seen) return
    viewHeight = seen.height || viewHeight
    if (isInSight(seen)) isFollowing.value = true
  }

  /** Whether there is nothing to scroll to. */
  const isInSight = ({ scrolled, below }: Look): boolean => scrolled + below <= 0 && isAll()

  function look(): Promise<Look | null> {
    return lookAt(instance, parts)
  }

  /** The end stays in sight, whatever has taken room from the view. */
  async function resized(): Promise<void> {
    await measure()
    await follow()
  }

  /** What fits into the view has nothing below it to go to. */
  function fitted(height: number): void {
    if (height <= viewHeight && isAll()) isFollowing.value = true
  }

  /**
   * A view that has grown moves its text by itself, and may tell of that before it was measured
   * anew: that is nobody's scrolling.
   */
  async function checkLettingGo(): Promise<void> {
    const seen = await look()
    if (!seen || seen.below > LET_GO_PX) return
    viewHeight = seen.height
    toBottom()
  }

  function onScroll({ detail }: { detail: Scrolled }): void {
    const before = lastTop
    lastTop = detail.scrollTop
    if (viewHeight === 0) return
    if (lettingGo(before, detail, viewHeight)) {
      if (isFollowing.value) void checkLettingGo()
      isFollowing.value = false
    } else if (detail.scrollTop > before && isAtEnd()) {
      isFollowing.value ||= isNearBottom(detail, viewHeight)
    }
  }

  /** Far beyond the end is the end; the number alternates, since only a change scrolls. */
  function toBottom(): void {
    isFollowing.value = true
    scrollTop.value = scrollTop.value === BEYOND ? BEYOND + 1 : BEYOND
  }

  async function follow(): Promise<void> {
    await nextTick()
    if (isFollowing.value) toBottom()
  }

  /**
   * Makes a change above what is being read, and keeps that in its place: the last row's beginning,
   * or its end where the change is inside that row. A browser may have done so by itself already.
   */
  async function keepPlace(change: () => void | Promise<void>, isInside = false): Promise<void> {
    const before = await look()
    await change()
    await nextTick()
    const after = await look()
    if (isFollowing.value) return toBottom()
    const edge = isInside ? 'bottom' : 'top'
    const moved = before && after ? lastRowAt(after, edge) - lastRowAt(before, edge) : 0
    if (after && Math.abs(moved) >= 1) scrollTop.value = after.scrolled + moved
  }

  /** Brings the drawn row with this index near the top of the view. */
  async function goTo(index: number): Promise<void> {
    isFollowing.value = false
    const seen = await look()
    const row = seen?.rows[index]
    if (seen && isInSight(seen)) isFollowing.value = true
    if (!seen || !row || isFollowing.value) return
    const top = Math.max(0, seen.scrolled + row.top - ABOVE_PX)
    scrollTop.value = top === scrollTop.value ? top + 1 : top
  }

  /** Goes there unless the whole of that row is seen. */
  async function see(index: number): Promise<void> {
    isFollowing.value = false
    const seen = await look()
    const row = seen?.rows[index]
    if (seen && isInSight(seen)) isFollowing.value = true
    else if (seen && row && (row.top < 0 || row.bottom > seen.height)) await goTo(index)
  }

  return {
    isFollowing,
    scrollTop,
    look,
    measure,
    resized,
    fitted,
    onScroll,
    toBottom,
    follow,
    keepPlace,
    goTo,
    see,
  }
}

/** What is seen of the list, and how far it is scrolled. */
export interface Look extends Sight {
  readonly scrolled: number
  /** What of the text lies below the view. */
  readonly below: number
}

/** As it is seen. */
function lastRowAt({ rows }: Look, edge: 'top' | 'bottom'): number {
  return rows[rows.length - 1]?.[edge] ?? 0
}

function lookAt(
  instance: ComponentInternalInstance | null,
  { view, column, row }: Parts,
): Promise<Look | null> {
  return new Promise((resolve) => {
    const query = uni.createSelectorQuery().in(instance?.proxy)
    query.select(view).boundingClientRect()
    query.select(column).boundingClientRect()
    query.selectAll(row).boundingClientRect()
    query.exec(([frame, content, rows]: [Rect | null, Rect | null, Rect[] | null]) =>
      resolve(frame && content && lookOf(frame, content, rows ?? [])),
    )
  })
}

type Rect = Pick<UniApp.NodeInfo, 'top' | 'bottom' | 'height'>

function lookOf({ top: at = 0, height = 0 }: Rect, content: Rect, rows: Rect[]): Look {
  const extents = rows.map(({ top = 0, bottom = 0 }) => ({ top: top - at, bottom: bottom - at }))
  const scrolled = at - (content.top ?? 0)
  const below = (content.height ?? 0) - scrolled - height
  return { height, scrolled, below, rows: extents }
}

const BEYOND = 10_000_000
