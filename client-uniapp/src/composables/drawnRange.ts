import type { Side } from './drawnParts'

/** Which messages of a long conversation are drawn: from `from` up to, and without, `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Where a drawn message stands, in pixels below the top of the view. */
export interface Extent {
  readonly top: number
  readonly bottom: number
}

/** The view and every drawn message, in order. */
export interface Sight {
  readonly height: number
  readonly rows: readonly Extent[]
}

/** The newest message is drawn at once; what is missing follows. */
const OPENING = 1
/** A message that is sought, and the one in front of it. */
const SOUGHT = 2
/** In views: so much is drawn beyond what is seen, and what is further away is let go. */
const NEAR = 2
const FAR = 6
/** Messages further away than that may stay until there is time to let them go. */
const SPARE = 3

/** The end of a conversation of so many messages. */
export function tailRange(length: number): Range {
  return { from: Math.max(0, length - OPENING), to: length }
}

/** A range that begins with the message with this index. */
export function rangeAt(index: number, length: number): Range {
  return { from: index, to: Math.min(length, index + SOUGHT) }
}

/** The same messages after so many more have come in front of them. */
export function shifted({ from, to }: Range, by: number): Range {
  return { from: Math.max(0, from + by), to: Math.max(0, to + by) }
}

/** Whether too little is drawn on that side of what is seen. */
export function isShort(side: Side, { height, rows }: Sight): boolean {
  const first = rows[0]
  const last = rows[rows.length - 1]
  if (!first || !last) return false
  return side === 'above' ? first.top > -NEAR * height : last.bottom < (1 + NEAR) * height
}

/** Whether what is drawn fills the view, or there is nothing more. */
export function isFull({ from, to }: Range, length: number, { height, rows }: Sight): boolean {
  const first = rows[0]
  const last = rows[rows.length - 1]
  if (!first || !last) return length === 0
  return (from === 0 || first.top <= 0) && (to >= length || last.bottom >= height)
}

/**
 * One step towards what should be drawn; the same range when nothing is left to do. A step draws
 * or lets go one message, since more would hold up the finger that scrolls. What is far away
 * waits for what is near, until it is too much to hold.
 */
export function nextRange(range: Range, length: number, sight: Sight): Range {
  const { height, rows } = sight
  const { from, to } = range
  const above = rows.filter(({ bottom }) => bottom < -FAR * height).length
  const below = rows.filter(({ top }) => top > (1 + FAR) * height).length
  const isTooMuch = above + below > SPARE
  if (!isTooMuch && from > 0 && isShort('above', sight)) return { from: from - 1, to }
  if (!isTooMuch && to < length && isShort('below', sight)) return { from, to: to + 1 }
  if (above > 0) return { from: from + 1, to }
  return below > 0 ? { from, to: to - 1 } : range
}
