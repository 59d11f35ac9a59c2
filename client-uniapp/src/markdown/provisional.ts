import type { Token, Tokens } from 'marked'

import { lackingTags, withoutHalfTag } from './tags'

/** `[文字](https://exam`: its address is of no use yet. */
const HALF_LINK = /!?\[([^[\]]*)\]\((?:[^()\s]*|<[^<>\n]*|https?:[^()\n]*)$/
/** A delimiter at the very end: it may open or close, nobody knows yet. */
const LOOSE_END = /[*_~`]+$/

function isOdd(line: string, delimiter: string): boolean {
  return line.split(delimiter).length % 2 === 0
}

function closeMarks(line: string): string {
  const withCode = isOdd(line, '`') ? `${line}\`` : line
  const text = withCode.replace(/`[^`]*`/g, '')
  return isOdd(text, '**') ? `${withCode}**` : withCode
}

/**
 * An unfinished line as it will most likely look: a bold or code that is still open is closed,
 * instead of showing its stars until the end arrives and the line jumps.
 */
export function provisionalLine(line: string): string {
  const whole = isOdd(line, '`') ? line : withoutHalfTag(line)
  return closeMarks(whole.replace(HALF_LINK, '$1').replace(LOOSE_END, '').trimEnd())
}

function lastLineOf(text: string): number {
  return text.lastIndexOf('\n') + 1
}

function withLikelyEnd(text: string): string {
  const start = lastLineOf(text)
  return text.slice(0, start) + provisionalLine(text.slice(start))
}

/**
 * The same for the last line of `source`, which ends in `text`: a paragraph, an item or a cell, in
 * which a tag of an earlier line may be open, too.
 */
export function provisional(source: string, text: string): string {
  const withoutCode = withLikelyEnd(text).replace(/(`+)[^`]*\1/g, '')
  return withLikelyEnd(source) + lackingTags(withoutCode)
}

/** The text with marks that `token` ends in; null where that is code, a formula or the like. */
export function lastText(token: Token | undefined): string | null {
  if (!token) return null
  if (['paragraph', 'text', 'heading', 'fold'].includes(token.type)) return (token as Tokens.Text).text
  if (token.type === 'table') return lastCell(token as Tokens.Table)
  const inner = children(token)
  return lastText(inner[inner.length - 1])
}

function lastCell({ rows, raw }: Tokens.Table): string {
  const cells = (rows[rows.length - 1] ?? []).filter(({ text }) => text !== '')
  const isWhole = raw.trimEnd().endsWith('|')
  return isWhole ? '' : (cells[cells.length - 1]?.text ?? '')
}

function children(token: Token): readonly Token[] {
  if (token.type === 'list') return (token as Tokens.List).items.slice(-1)
  return ('tokens' in token && token.tokens) || []
}
