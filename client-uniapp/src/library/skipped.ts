import type { Skipped } from '../protocol/rest'
import { shownTitle } from './title'

/** So many are listed one by one; the count is of all. */
const TOLD = 5
const WHYS = ['unreadable', 'too_large', 'empty', 'unknown']

type Say = (key: string, values?: Record<string, unknown>) => string

/** The conversations that an import left out, a line for each of the first. */
export function skippedLines(skips: Skipped[], say: Say): string[] {
  return skips.slice(0, TOLD).map((one) => {
    const why = WHYS.includes(one.why) ? one.why : 'unreadable'
    return say('importing.one', { title: nameOf(one, say), why: say(`importing.why.${why}`) })
  })
}

/** Its title, or which one of the file it is. */
function nameOf(skipped: Skipped, say: Say): string {
  const number = Number(/\[(\d+)\]/.exec(skipped.place)?.[1] ?? 0) + 1
  return shownTitle(skipped.title) || say('importing.nth', { number })
}
