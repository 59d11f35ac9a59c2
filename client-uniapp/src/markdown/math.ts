import type { TokenizerAndRendererExtension, Tokens } from 'marked'

import { CJK_LETTERS, CJK_PUNCTUATION } from './cjk'

/** A formula as it was found; the token type of both extensions below. */
export interface MathToken extends Tokens.Generic {
  readonly type: 'math' | 'math_block'
  readonly raw: string
  readonly tex: string
  readonly display: boolean
  readonly closed: boolean
}

/**
 * A fence of its own: the delimiter alone on a line, or with `\begin{…}` behind it. It runs to
 * the closing delimiter at a line's end, to a blank line or to the end, and is never taken back
 * for want of a closing, so that what stands before it can be settled while it is still open.
 */
const FENCE = /^ {0,3}(\$\$|\\\[)[ \t]*(?=\n|$|\\begin\{(?![^\n]*(?:\$\$|\\\])[^\n]))/
const ONE_LINE = /^ {0,3}(?:\$\$((?:[^$\n]|\\\$)+)\$\$|\\\[([^\n]+?)\\\])[ \t]*(?:\n|$)/
const FENCE_END: Record<string, RegExp> = {
  $$: /\$\$[ \t]*(?:\n|$)|\n(?=[ \t]*\n)|$/,
  '\\[': /\\\][ \t]*(?:\n|$)|\n(?=[ \t]*\n)|$/,
}
const CLOSING = /(?:\$\$|\\\])[ \t]*\n?$/

function oneLineBlock(src: string): MathToken | undefined {
  const match = ONE_LINE.exec(src)
  if (!match) return undefined
  const tex = (match[1] ?? match[2] ?? '').trim()
  return { type: 'math_block', raw: match[0], tex, display: true, closed: true }
}

function fencedBlock(src: string): MathToken | undefined {
  const open = FENCE.exec(src)
  const ending = open && FENCE_END[open[1] ?? '']
  if (!open || !ending) return undefined
  const rest = src.slice(open[0].length)
  const end = ending.exec(rest)
  const body = rest.slice(0, end?.index)
  const raw = open[0] + body + (end?.[0] ?? '')
  const closed = CLOSING.test(end?.[0] ?? '')
  return { type: 'math_block', raw, tex: body.trim(), display: true, closed }
}

const INLINE: readonly { open: string; body: RegExp; display: boolean }[] = [
  { open: '$$', body: /^\$\$((?:[^$\\]|\\[\s\S])+)\$\$/, display: true },
  { open: '$', body: /^\$((?:[^$\\\n`]|\\[^\n])+)\$(?![\dA-Z$])/, display: false },
  { open: '\\(', body: /^\\\(([\s\S]+?)\\\)/, display: false },
  { open: '\\[', body: /^\\\[([\s\S]+?)\\\]/, display: true },
]

const WORDS = `[A-Za-z]{2,}|[${CJK_LETTERS}${CJK_PUNCTUATION}]`
/** `$5 and 6$`, `$5，一共$`, `$5), 6$`: a sum with words or the end of a clause behind it. */
const MONEY = new RegExp(`^[\\d.,]+(?:[);:!?]|[^\\\\^_=]*?(?:${WORDS})[^\\\\^_=]*$)`, 'u')
const WORD_BEFORE = /[\dA-Za-z\\]$/

function isPlainDollar(body: string): boolean {
  return /^\s|\s$/.test(body) || MONEY.test(body)
}

/** The formula that begins at the start of `src`; `before` is the text in front of it. */
export function inlineMath(src: string, before: string): MathToken | undefined {
  const form = INLINE.find(({ open }) => src.startsWith(open))
  const match = form?.body.exec(src)
  if (!form || !match) return undefined
  const [raw, body = ''] = match
  if (!body.trim()) return undefined
  if (form.open === '$' && (WORD_BEFORE.test(before) || isPlainDollar(body))) return undefined
  return { type: 'math', raw, tex: body.trim(), display: form.display, closed: true }
}

/**
 * `masked` is marked's copy of the same text in which code and escapes are blotted out; here the
 * formulas are, too, so that a `*` or `_` inside one closes no emphasis begun before it.
 */
export function maskMath(src: string, masked: string): string {
  const shift = masked.length - src.length
  let result = masked
  for (const match of src.matchAll(/\$|\\[([]/g)) {
    const at = match.index ?? 0
    const seen = result.charAt(shift + at)
    if (seen !== '$' && seen !== '+') continue
    const length = inlineMath(src.slice(at), src.slice(0, at))?.raw.length ?? 0
    if (length === 0) continue
    const end = shift + at + length
    result = `${result.slice(0, shift + at)}[${'a'.repeat(length - 2)}]${result.slice(end)}`
  }
  return result
}

export const mathBlock: TokenizerAndRendererExtension = {
  name: 'math_block',
  level: 'block',
  start: (src) => {
    const index = src.search(/\n {0,3}(?:\$\$|\\\[)/)
    return index < 0 ? undefined : index + 1
  },
  tokenizer: (src) => oneLineBlock(src) ?? fencedBlock(src),
}

/** Text ends before it by the dialect's own rule: to search all that follows at each mark is dear. */
export const mathInline: TokenizerAndRendererExtension = {
  name: 'math',
  level: 'inline',
  tokenizer: (src, tokens) => inlineMath(src, tokens[tokens.length - 1]?.raw ?? ''),
}
