import { nextTick, onScopeDispose, shallowRef, watch } from 'vue'
import { drawn } from '../platform/drawn'
import { DrawnParts, type Side } from './drawnParts'
import { isFull, isShort, nextRange, rangeAt, shifted, tailRange } from './drawnRange'
import type { Range, Sight } from './drawnRange'

export interface Surroundings {
  length(): number
  /** Names a message, as long as it is in the conversation. */
  name(index: number): string | undefined
  /** Null while nothing is drawn. */
  sight(): Promise<Sight | null>
  /**
   * Makes a change above what is being read, and keeps that in its place: by the end of the last
   * row where that row itself grows upwards, else by its beginning.
   */
  keepPlace(change: () => Promise<void>, isInside: boolean): Promise<void>
}

/** So long a step may draw before it is laid out; a phone four times slower then takes 50 ms. */
const STEP_MS = 16
const SIDES: readonly Side[] = ['above', 'below']

/**
 * The drawn part of a long conversation. A phone that opens it draws its end; earlier messages
 * are drawn when somebody scrolls near them, a few blocks in each frame, and let go when they
 * are far away again. `isFilling` while what has just been opened does not fill the view yet.
 */
export function useDrawnRange({ length, name, sight, keepPlace }: Surroundings) {
  const range = shallowRef<Range>(tailRange(length()))
  const parts = new DrawnParts()
  const isFilling = shallowRef(false)
  const last = () => name(length() - 1)
  let first: string | undefined
  let isSettling = false
  let isLeft = false
  onScopeDispose(() => (isLeft = true))

  /** What is drawn of a conversation that goes on stays; another one is shown from its end. */
  watch([last, length], ([newest, now], [before, count]) => {
    if (newest === before) return show(shifted(range.value, now - count))
    const from = range.value.to >= count ? indexOf(first, now) : -1
    if (from < 0) return open(tailRange(now), 'above')
    parts.finish()
    show({ from, to: now })
  })

  function isAtEnd(): boolean {
    return range.value.to >= length() && !parts.isOpen('below')
  }

  function indexOf(wanted: string | undefined, count: number): number {
    for (let at = count - 1; at >= 0; at -= 1) if (name(at) === wanted) return at
    return -1
  }

  function show(next: Range): void {
    range.value = next
    first = name(next.from)
  }

  /** Something else, which grows to this side until it fills the view. */
  function open(next: Range, side: Side): void {
    parts.finish()
    isFilling.value = true
    void add(next, side)
    void settle()
  }

  async function add(next: Range, side: Side): Promise<void> {
    parts.adding = side
    show(next)
    await nextTick()
    parts.adding = null
  }

  function toEnd(): void {
    if (!isAtEnd()) open(tailRange(length()), 'above')
  }

  /** Draws from the message with this index on, if it is not drawn yet. */
  function reach(index: number): void {
    if (index >= range.value.from && index < range.value.to) return parts.finish()
    open(rangeAt(index, length()), 'below')
  }

  /** Some blocks more on this side, at least one. */
  async function grow(side: Side, began: number): Promise<void> {
    do {
      parts.more(side)
      await nextTick()
    } while (parts.isOpen(side) && Date.now() - began < STEP_MS)
  }

  async function change(side: Side, act: () => Promise<void>, isInside = false): Promise<void> {
    if (side === 'above') return keepPlace(act, isInside)
    await act()
  }

  async function addTo(side: Side, next: Range): Promise<void> {
    const began = Date.now()
    await change(side, async () => {
      await add(next, side)
      await grow(side, began)
    })
  }

  async function step(): Promise<boolean> {
    const seen = isLeft ? null : await sight()
    if (!seen || isLeft) return false
    if (isFilling.value && isFull(pending(), length(), seen)) isFilling.value = false
    const side = SIDES.find((one) => parts.isOpen(one) && isShort(one, seen))
    const { from, to } = range.value
    const next = nextRange(range.value, length(), seen)
    if (side) await change(side, () => grow(side, Date.now()), to - from === 1)
    else if (next === range.value) return false
    else if (next.from < from) await addTo('above', next)
    else if (next.to > to) await addTo('below', next)
    else await change(next.from > from ? 'above' : 'below', async () => show(next))
    if (!isLeft) await drawn()
    return true
  }

  /** As if a message of which a part is missing were not there. */
  function pending(): Range {
    const { from, to } = range.value
    return { from: parts.isOpen('above') ? from + 1 : from, to: parts.isOpen('below') ? to - 1 : to }
  }

  /** Draws what comes near, a little at a time, so that scrolling never waits for it. */
  async function settle(): Promise<void> {
    if (isSettling) return
    isSettling = true
    await drawn()
    while (await step());
    isFilling.value = false
    isSettling = false
  }

  if (length() > 0) open(range.value, 'above')
  return { range, parts, isAtEnd, isFilling, toEnd, reach, settle }
}
