import type { Tokens } from 'marked'

/** An ordered list whose items have been numbered already. */
export interface NumberedList extends Tokens.List {
  readonly numbers: readonly number[]
}

const WRITTEN = /^\s*(\d{1,9})[.)]/

function writtenNumber({ raw }: Tokens.ListItem): number {
  return Number(WRITTEN.exec(raw)?.[1] ?? 1)
}

function unused(from: number, used: ReadonlySet<number>): number {
  let number = from
  while (used.has(number)) number += 1
  return number
}

/**
 * The numbers of a list's items as they were written, where CommonMark counts on from the first.
 * Only a number that the list has had already, as in `1. 1. 1.`, gives the next free one. `before`
 * are the numbers of the items in front of these.
 */
export function numbersOf(
  items: readonly Tokens.ListItem[],
  before: readonly number[] = [],
): readonly number[] {
  const used = new Set(before)
  let last = before[before.length - 1] ?? 0
  return items.map((item) => {
    const written = writtenNumber(item)
    last = used.has(written) ? unused(last + 1, used) : written
    used.add(last)
    return last
  })
}
