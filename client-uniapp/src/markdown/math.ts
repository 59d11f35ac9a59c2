import type { TokenizerAndRendererExtension, Tokens } from 'marked'

import { CJK_LETTERS, CJK_PUNCTUATION } from './cjk'
import { BEGIN, isDisplayed } from './environments'

/** A formula as it was found; the token type of both extensions below. */
export interface MathToken extends Tokens.Generic {
  readonly type: 'math' | 'math_block'
  readonly raw: string
  readonly tex: string
  readonly display: boolean
  readonly closed: boolean
}

const LONGEST_ENVIRONMENT = 4_000
const ENVIRONMENT = new RegExp(`^(${BEGIN}[^]{0,${LONGEST_ENVIRONMENT}}?\\\\end\\{\\2\\})`)

const INLINE: readonly { open: string; body: RegExp; display: boolean }[] = [
  { open: '$$', body: /^\$\$((?:[^$\\]|\\[\s\S])+)\$\$/, display: true },
  { open: '$', body: /^\$((?:[^$\\\n`]|\\[^\n])+)\$(?![\dA-Z$])/, display: false },
  { open: '\\(', body: /^\\\(([\s\S]+?)\\\)/, display: false },
  { open: '\\begin{', body: ENVIRONMENT, display: false },
  { open: '\\[', body: /^\\\[([\s\S]+?)\\\]/, display: true },
]

const WORDS = `[A-Za-z]{2,}|[${CJK_LETTERS}${CJK_PUNCTUATION}]`
/** `$5 and 6$`, `$5，一共$`, `$5), 6$`: a sum with words or the end of a clause behind it. */
const MONEY = new RegExp(`^[\\d.,]+(?:[);:!?]|[^\\\\^_=]*?(?:${WORDS})[^\\\\^_=]*$)`, 'u')
const WORD = /[\dA-Za-z\\]/

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
  // marked's text before grows piece by piece: to look at its end is dear, and so comes last.
  if (form.open === '$' && (isPlainDollar(body) || WORD.test(before.slice(-1)))) return undefined
  const display = form.display || isDisplayed(body)
  return { type: 'math', raw, tex: body.trim(), display, closed: true }
}

/**
 * `masked` is marked's copy of the same text in which code and escapes are blotted out; here the
 * formulas are, too, so that a `*` or `_` inside one closes no emphasis begun before it.
 */
export function maskMath(src: string, masked: string): string {
  const shift = masked.length - src.length
  let result = masked
  for (const match of src.matchAll(/\$|\\(?:[([]|begin\{)/g)) {
    const at = match.index ?? 0
    const seen = result.charAt(shift + at)
    if (!['$', '+', '\\'].includes(seen)) continue
    const length = inlineMath(src.slice(at), src.slice(0, at))?.raw.length ?? 0
    if (length === 0) continue
    const end = shift + at + length
    result = `${result.slice(0, shift + at)}[${'a'.repeat(length - 2)}]${result.slice(end)}`
  }
  return result
}

/** Text ends before it by the dialect's own rule: to search all that follows at each mark is dear. */
export const mathInline: TokenizerAndRendererExtension = {
  name: 'math',
  level: 'inline',
  tokenizer: (src, tokens) => inlineMath(src, tokens[tokens.length - 1]?.raw ?? ''),
}
