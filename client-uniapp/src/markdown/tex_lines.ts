import { CJK_LETTERS } from './cjk'

/** Whether a line can belong to a formula that is still open, or is prose again. */

/** A heading, a fence, a table's row, a rule or a tag: no formula holds a line that begins so. */
const OTHER_BLOCK = /^ {0,3}(?:#{1,6}\s|`{3}|~{3}|\|[ :-].*\|\s*$|([-*_])(?:[ \t]*\1){2,}[ \t]*$|<\/?[a-z])/i
/** Words in a formula stand in one of these. */
const WORDS_OF_TEX = /\\(?:text|mathrm|mathbf|mathit|mathsf|operatorname|mbox|hbox|label|tag|begin|end)[a-z]*\*?\s*\{[^{}]*\}/g
const MARKUP = /\*\*|`|\]\(|(?:^|[^\\$])\$(?!\$)/
const OPERATOR = /[=+<>≤≥≈≠×÷^_&\\]|\d\s*[-*/]|[-*/]\s*\d/
const HAN = new RegExp(`[${CJK_LETTERS}]`, 'u')
const SENTENCE = /[。！？；：，]/
const QUOTATION = /^ {0,3}>\s/
const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s/

/** Nothing but other blocks begins like this, wherever a formula stands open. */
export function beginsOtherBlock(line: string): boolean {
  return OTHER_BLOCK.test(line)
}

function wordsIn(text: string): number {
  return text.replace(/\\[A-Za-z]+/g, ' ').match(/(?:^|[^\p{L}])\p{L}{2,}(?![\p{L}(_^{])/gu)?.length ?? 0
}

/** Whether `line` is the text that follows a formula rather than a part of it. */
export function isProse(line: string): boolean {
  const bare = line.replace(WORDS_OF_TEX, ' ')
  if (bare.trim() === '') return false
  if (MARKUP.test(bare) || beginsOtherBlock(line) || QUOTATION.test(line)) return true
  const isFormula = OPERATOR.test(bare) && !ITEM.test(bare)
  if (HAN.test(bare)) return !isFormula || SENTENCE.test(bare)
  const words = wordsIn(bare)
  return isFormula ? words > 2 : words > (ITEM.test(bare) ? 0 : 1) || /^\s*\p{L}{4,}/u.test(bare)
}

/** Whether `text` is TeX beyond doubt: it has a command or an operator and is no sentence. */
export function isTex(text: string): boolean {
  return OPERATOR.test(text) && !isProse(text)
}
