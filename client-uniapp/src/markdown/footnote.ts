import type { TokenizerAndRendererExtension, Tokens } from 'marked'

import { TextLexer } from './math'

/** `[^1]` in a line. */
export interface NoteToken extends Tokens.Generic {
  readonly type: 'note'
  readonly label: string
}

/** `[^1]: …` and what is indented below it, in `tokens`. */
export interface FootnoteToken extends Tokens.Generic {
  readonly type: 'footnote'
  readonly label: string
}

export const LABEL = '\\[\\^([^\\s[\\]]{1,40})\\]'
const REFERENCE = new RegExp(`^${LABEL}(?!\\()`)
const DEFINITION = new RegExp(`^ {0,3}${LABEL}:[ \\t]*`)
/** A line that begins something else: the definition's last paragraph ends before it. */
const OTHER_BLOCK = new RegExp(
  '^ {0,3}(?:#{1,6}(?:[ \\t]|$)|>|`{3}|~{3}|[-*+](?:[ \\t]|$)|\\d{1,9}[.)](?:[ \\t]|$)' +
    `|[-*_][-*_ \\t]*$|\\||\\$\\$|\\\\(?:\\[|begin\\{)|<|${LABEL}:)`,
)
/** A footnote indented below another belongs to it; nobody nests deeper by hand. */
const DEEPEST = 3
const INDENT = /^(?: {4}| {0,3}\t)/

/** Whether a footnote's definition begins there, which is no reference's, however deep it stands. */
export function beginsFootnote(src: string): boolean {
  return DEFINITION.test(src)
}

/** The key under which a footnote stands among the lexer's reference definitions. */
export function noteKey(label: string): string {
  return `^${label.toLowerCase()}`
}

/** The lexer of an answer; `grows` while definitions may still come. */
export class AnswerLexer extends TextLexer {
  grows = false
  footnoteDepth = 0
}

function lineAt(src: string, start: number): string {
  const end = src.indexOf('\n', start)
  return end < 0 ? src.slice(start) : src.slice(start, end + 1)
}

/** Where the definition at the start of `src` ends, behind its last line feed. */
function endOf(src: string): number {
  let end = lineAt(src, 0).length
  for (let at = end, line = lineAt(src, at); line; at += line.length, line = lineAt(src, at)) {
    if (line.trim() === '') continue
    const isLazy = at === end && !OTHER_BLOCK.test(line.trimEnd())
    if (!isLazy && !INDENT.test(line)) break
    end = at + line.length
  }
  return end
}

function contentTokens(lexer: AnswerLexer, content: string) {
  lexer.footnoteDepth += 1
  const tokens = lexer.blockTokens(content.replace(/^\n/, ''), [])
  lexer.footnoteDepth -= 1
  return tokens
}

function definition(lexer: AnswerLexer, src: string): FootnoteToken | undefined {
  const [begin, label] = (lexer.footnoteDepth < DEEPEST && DEFINITION.exec(src)) || []
  if (begin === undefined || label === undefined) return undefined
  const raw = src.slice(0, endOf(src))
  const content = raw.slice(begin.length).split('\n').map((line) => line.replace(INDENT, ''))
  lexer.tokens.links[noteKey(label)] ??= { href: '', title: '' }
  return { type: 'footnote', raw, label, tokens: contentTokens(lexer, content.join('\n')) }
}

/**
 * While the text grows, a number is taken for a footnote before its definition has come, so that
 * the line need not jump later; a word, which may be anything, waits for it.
 */
function isDefined(lexer: AnswerLexer, label: string): boolean {
  return noteKey(label) in lexer.tokens.links || (lexer.grows && /^\d{1,3}$/.test(label))
}

function reference(lexer: AnswerLexer, src: string): NoteToken | undefined {
  const [raw, label = ''] = REFERENCE.exec(src) ?? []
  return raw && isDefined(lexer, label) ? { type: 'note', raw, label } : undefined
}

export const footnoteBlock: TokenizerAndRendererExtension = {
  name: 'footnote',
  level: 'block',
  tokenizer(src) {
    return definition(this.lexer as AnswerLexer, src)
  },
}

/** Text ends before any bracket, without being given a limit. */
export const noteInline: TokenizerAndRendererExtension = {
  name: 'note',
  level: 'inline',
  tokenizer(src) {
    return reference(this.lexer as AnswerLexer, src)
  },
}
