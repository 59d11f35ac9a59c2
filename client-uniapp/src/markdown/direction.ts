import type { Row, Runs } from './blocks'

const STRONG = /[\p{L}\u200E\u200F]/u
/** Hebrew, Arabic and the scripts written like them, with their mark of direction. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200F\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u

/**
 * Whether `text` runs from right to left, by its first strong character as in rule P2 of the
 * Unicode Bidirectional Algorithm (UAX 9); null where it has none.
 */
export function isRightToLeft(text: string): boolean | null {
  const first = STRONG.exec(text)?.[0]
  return first === undefined ? null : RIGHT_TO_LEFT.test(first)
}

/** The same for what is set as text: code and formulas have a direction of their own. */
export function runsRightToLeft(runs: Runs): boolean | null {
  for (const run of runs) {
    const text = 'text' in run && !run.marks.code ? run.text : ''
    const found = isRightToLeft(text)
    if (found !== null) return found
  }
  return null
}

/** A table runs as the first cell of its header that says. */
export function rowRightToLeft(row: Row): boolean | null {
  return row.map(runsRightToLeft).find((found) => found !== null) ?? null
}
