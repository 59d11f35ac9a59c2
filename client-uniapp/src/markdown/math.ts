import { Lexer, type Token, type TokenizerAndRendererExtension, type Tokens } from 'marked'

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

interface Form {
  readonly open: string
  readonly body: RegExp
  readonly display: boolean
}

const INLINE: readonly Form[] = [
  { open: '$$', body: /^\$\$((?:[^$\\]|\\[\s\S])+)\$\$/, display: true },
  { open: '$', body: /^\$((?:[^$\\\n`]|\\[^\n])+)\$(?![\dA-Z$])/, display: false },
  { open: '\\(', body: /^\\\(([\s\S]+?)\\\)/, display: false },
  { open: '\\begin{', body: ENVIRONMENT, display: false },
  { open: '\\[', body: /^\\\[([\s\S]+?)\\\]/, display: true },
]

const SEARCHED_TO_THE_END = new Set(['\\(', '\\['])
const WORDS = `[A-Za-z]{2,}|[${CJK_LETTERS}${CJK_PUNCTUATION}]`
/** `$5 and 6$`, `$5，一共$`, `$5), 6$`: a sum with words or the end of a clause behind it. */
const MONEY = new RegExp(`^[\\d.,]+(?:[);:!?]|[^\\\\^_=]*?(?:${WORDS})[^\\\\^_=]*$)`, 'u')
const WORD = /[\dA-Za-z\\]/

function isPlainDollar(body: string): boolean {
  return /^\s|\s$/.test(body) || MONEY.test(body)
}

/** The delimiters that are known to open nothing more in a text, since no closing one follows. */
export type Unclosed = Set<string>

function matchOf({ open, body }: Form, src: string, unclosed: Unclosed): RegExpExecArray | null {
  if (unclosed.has(open)) return null
  const match = body.exec(src)
  if (!match && SEARCHED_TO_THE_END.has(open)) unclosed.add(open)
  return match
}

/**
 * The formula that begins at the start of `src`; `before` is the text in front of it. A caller that asks
 * for more than one in the same text, in order, gives the same `unclosed` each time.
 */
export function inlineMath(
  src: string,
  before: string,
  unclosed: Unclosed = new Set(),
): MathToken | undefined {
  const form = INLINE.find(({ open }) => src.startsWith(open))
  const match = form && matchOf(form, src, unclosed)
  if (!form || !match) return undefined
  const [raw, body = ''] = match
  if (!body.trim()) return undefined
  // marked's text before grows piece by piece: to look at its end is dear, and so comes last.
  if (form.open === '$' && (isPlainDollar(body) || WORD.test(before.slice(-1)))) return undefined
  const display = form.display || isDisplayed(body)
  return { type: 'math', raw, tex: body.trim(), display, closed: true }
}

/** A lexer that knows which delimiters have no closing one in the text that it reads. */
export class TextLexer extends Lexer {
  unclosed: Unclosed = new Set()
  /** The text whose marks are read. */
  text = ''

  override inlineTokens(src: string, tokens: Token[] = []): Token[] {
    const { unclosed, text } = this
    this.unclosed = new Set()
    this.text = src
    const found = super.inlineTokens(src, tokens)
    Object.assign(this, { unclosed, text })
    return found
  }
}

/** Text ends before it by the dialect's own rule: to search all that follows at each mark is dear. */
export const mathInline: TokenizerAndRendererExtension = {
  name: 'math',
  level: 'inline',
  tokenizer(src, tokens) {
    const { unclosed } = this.lexer as TextLexer
    return inlineMath(src, tokens[tokens.length - 1]?.raw ?? '', unclosed)
  },
}
