import { BEGIN } from './environments'
import { foldIndex } from './fold'
import { LABEL } from './footnote'
import { openingAtLineEnd, opensFormula } from './math_block'

/**
 * Where a paragraph is interrupted by a block that CommonMark does not know: a formula, a fold or a
 * footnote. Only as many lines are read as are needed to tell: a text in which every line is
 * interrupted would otherwise be read once for each of them.
 */

const FIRST_WINDOW = 256
const GROWTH = 4
const PARAGRAPH_END = /\n *\n/
const BELOW = new RegExp(`\\n( {0,3}(?:(?:\\$\\$|\\\\\\[|${BEGIN})[^\\n]*|${LABEL}:))`, 'g')
const NOTE = new RegExp(`^ {0,3}${LABEL}`)

/** `text` up to the line end behind its first `length` characters. */
function headOf(text: string, length: number): string {
  const end = length < text.length ? text.indexOf('\n', length) : -1
  return end < 0 ? text : text.slice(0, end + 1)
}

function indexBelow(head: string): number {
  for (const { 1: line = '', index = 0 } of head.matchAll(BELOW)) {
    if (NOTE.test(line) || opensFormula(line)) return index + 1
  }
  return -1
}

/** marked leaves the first character out, which may be half of a `$$` that opens no block. */
function indexIn(head: string): number {
  const found = [
    indexBelow(head),
    openingAtLineEnd(head, /^\$(?!\$)/.test(head)),
    foldIndex(head),
  ].filter((index) => index >= 0)
  return found.length > 0 ? Math.min(...found) : -1
}

/** Where in the paragraph at the start of `text` such a block begins; -1 if none does. */
export function interruptionIndex(text: string): number {
  for (let length = FIRST_WINDOW; ; length *= GROWTH) {
    const head = headOf(text, length)
    const end = head.search(PARAGRAPH_END)
    const index = indexIn(end < 0 ? head : head.slice(0, end + 1))
    if (index >= 0 || end >= 0 || head.length === text.length) return index
  }
}

/** The paragraph's lines up to and with the one that is interrupted. */
export function uninterrupted(text: string): string {
  const index = interruptionIndex(text)
  return index < 0 ? text : headOf(text, index)
}
