import type { Token, Tokens } from 'marked'

/** `[文字](https://exam`: its address is of no use yet. */
const HALF_LINK = /!?\[([^[\]]*)\]\([^()\s]*$/
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
  return closeMarks(line.replace(HALF_LINK, '$1').replace(LOOSE_END, '').trimEnd())
}

/** The same for the last line of `source`. */
export function provisional(source: string): string {
  const start = source.lastIndexOf('\n') + 1
  return source.slice(0, start) + provisionalLine(source.slice(start))
}

/** Whether the last thing in `token` is text with marks, and no code or table. */
export function endsInText(token: Token | undefined): boolean {
  if (!token) return false
  if (['paragraph', 'text', 'heading'].includes(token.type)) return true
  const inner = children(token)
  return endsInText(inner[inner.length - 1])
}

function children(token: Token): readonly Token[] {
  if (token.type === 'list') return (token as Tokens.List).items.slice(-1)
  return ('tokens' in token && token.tokens) || []
}
