import type { Lexer, Token, TokenizerAndRendererExtension, Tokens } from 'marked'

/**
 * `<details>` with its summary, and `</details>`: two blocks, and what stands between them are blocks
 * as any others. So each of them can be settled while the answer grows, and a tag that never comes
 * hides nothing. Other attributes than `open` are ignored.
 */
export interface FoldToken extends Tokens.Generic {
  readonly type: 'fold'
  readonly isOpen: boolean
  /** The summary as far as it has come; '' once it is whole. */
  readonly text: string
  readonly tokens: Token[]
}

export interface FoldEndToken extends Tokens.Generic {
  readonly type: 'fold_end'
}

const SUMMARY =
  '\\s*<summary(?:\\s[^<>]*)?>((?:(?!</summary\\s*>|\\n[ \\t]*\\n)[^])*)(</summary\\s*>)?'
const BEGIN = new RegExp(`^ {0,3}<details((?:\\s[^<>]*)?)>(?:${SUMMARY})?[ \\t]*\\n?`, 'i')
const END = /^ {0,3}<\/details\s*>[ \t]*\n?/i
/** Not in code; a code span that is not closed in its line takes the rest of it. */
const IN_TEXT =
  /\\[^\n]|(`+)(?:[^`\n]|[^`\n][^\n]*?[^`\n])\1(?!`)|`[^\n]*|\n[ \t]*\n|<\/?details(?:\s[^<>\n]*)?>/gi

const ANY = /<\/?details|\n[ \t]*\n/i

/** Where such a tag stands in a paragraph's text; -1 if none does. */
export function foldIndex(text: string): number {
  if (!ANY.exec(text)?.[0].startsWith('<')) return -1
  for (const { 0: found, index = 0 } of text.matchAll(IN_TEXT)) {
    if (found.startsWith('\n')) return -1
    if (found.startsWith('<')) return index
  }
  return -1
}

function foldToken(src: string, lexer: Lexer): FoldToken | FoldEndToken | undefined {
  const end = END.exec(src)
  if (end) return { type: 'fold_end', raw: end[0] }
  const [raw, attributes = '', words = '', closing] = BEGIN.exec(src) ?? []
  if (raw === undefined) return undefined
  const summary = closing || raw.length < src.length ? words : words.replace(/<\/?[a-z]*$/i, '')
  const isOpen = /\sopen\b/i.test(attributes)
  const text = closing ? '' : summary
  return { type: 'fold', raw, isOpen, text, tokens: lexer.inline(summary.trim()) }
}

export const foldBlock: TokenizerAndRendererExtension = {
  name: 'fold',
  level: 'block',
  tokenizer(src) {
    return foldToken(src, this.lexer as Lexer)
  },
}
