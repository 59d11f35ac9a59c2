import type { TextRun, LinkRun } from '../markdown/blocks'

/** Raised and lowered text where nothing can be raised or lowered: x² and H₂O. */
const RAISED = new Map([...'0123456789+-=()ni'].map((sign, at) => [sign, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ'][at] ?? sign]))
const LOWERED = new Map([...'0123456789+-=()'].map((sign, at) => [sign, [...'₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎'][at] ?? sign]))

function translated(text: string, signs: ReadonlyMap<string, string>): string {
  const found = [...text].map((sign) => signs.get(sign))
  return found.includes(undefined) ? text : found.join('')
}

/** A run's text with Unicode's own raised and lowered signs, if it has all of them. */
export function scriptedText({ text, marks }: TextRun | LinkRun): string {
  if (marks.sup) return translated(text, RAISED)
  return marks.sub ? translated(text, LOWERED) : text
}
