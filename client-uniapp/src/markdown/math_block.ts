import type { TokenizerAndRendererExtension } from 'marked'

import { BEGIN, environmentEnd } from './environments'
import type { MathToken } from './math'
import { beginsOtherBlock, isProse, isTex } from './tex_lines'

/**
 * A formula of its own: `$$` or `\[` at a line's start with TeX or nothing behind it, or a formula's
 * environment. It runs to its closing delimiter, over blank lines, too; unclosed, it ends before the
 * first line that is prose again, and after `LONGEST` lines at the latest. That is decided by the lines
 * alone, so that what stands before it can be settled while it is open.
 */
const LONGEST = 200
const FIRST_WINDOW = 512
const OPENING = new RegExp(`^ {0,3}(\\$\\$(?!\\$)|\\\\\\[|(?=${BEGIN}))([^\\n]*)`)
const ONE_LINE = /^ {0,3}(?:\$\$((?:[^$\n]|\\\$)+)\$\$|\\\[([^\n]+?)\\\])[ \t]*(?:\n|$)/
/** A full stop right behind a formula belongs to no other line. */
const REST = /^[ \t]*[.,;。，；]?[ \t]*(?:\n|$)/

interface Opening {
  /** How long the delimiter and the white space before it are. */
  readonly length: number
  readonly closing: string
  /** The name of a bare environment, or ''. */
  readonly environment: string
}

function openingOf(src: string): Opening | null {
  const [all, sign = '', environment = '', behind = ''] = OPENING.exec(src) ?? []
  if (all === undefined) return null
  const isOpen = environment !== '' || behind.trim() === '' || isOpenLine(sign, behind)
  const length = all.length - behind.length
  return isOpen ? { length, closing: sign === '$$' ? '$$' : '\\]', environment } : null
}

/** Whether a formula of its own begins with `line`. */
export function opensFormula(line: string): boolean {
  return ONE_LINE.test(line) || openingOf(line) !== null
}

/** TeX behind the delimiter that is not closed in the same line. */
function isOpenLine(sign: string, behind: string): boolean {
  return closingIn(behind, sign === '$$' ? '$$' : '\\]') < 0 && isTex(behind)
}

function closingIn(text: string, closing: string): number {
  return text.replace(/\\\\|\\\$/g, '  ').indexOf(closing)
}

/** Where the TeX ends and where its delimiter does; null where there is none. */
function closingOf(src: string, { length, closing, environment }: Opening): [number, number] | null {
  const rest = src.slice(length)
  const end = environment ? environmentEnd(rest, environment) : closingIn(rest, closing)
  if (end < 0) return null
  return [length + end, length + end + (environment ? 0 : closing.length)]
}

/** How far a formula goes whose delimiter is not looked for: up to prose or another block. */
function texLength(text: string): number {
  let at = 0
  let gap = -1
  let isBehindGap = false
  for (const [index, line] of text.split('\n').entries()) {
    const isBlank = index > 0 && line.trim() === ''
    const isOther = !isBlank && index > 0 && (isBehindGap ? isProse(line) : beginsOtherBlock(line))
    if (isOther || index > LONGEST) return gap < 0 ? at : gap
    isBehindGap ||= isBlank
    if (!isBlank) gap = -1
    else if (gap < 0) gap = at
    at += line.length + 1
  }
  return text.length
}

/** The lines that tell where the formula ends, and no more of a long text than twice as many. */
function decisiveLines(src: string, opening: Opening): string {
  for (let length = FIRST_WINDOW; length < src.length; length *= 2) {
    const end = src.indexOf('\n', length) + 1
    const lines = end > 0 ? src.slice(0, end) : src
    const body = lines.slice(opening.length)
    if (closingOf(lines, opening) || texLength(body) < body.length) return lines
  }
  return src
}

function fencedBlock(text: string): MathToken | undefined {
  const opening = openingOf(text)
  if (!opening) return undefined
  const src = decisiveLines(text, opening)
  const found = closingOf(src, opening)
  const body = src.slice(opening.length, found?.[0])
  const length = texLength(body)
  if (!found || length < body.length) return blockToken(src, opening.length + length, body.slice(0, length))
  const rest = REST.exec(src.slice(found[1]))?.[0]
  const isInText = rest === undefined && opening.environment !== '' && !body.includes('\n')
  return isInText ? undefined : blockToken(src, found[1] + (rest?.length ?? 0), body, true)
}

function blockToken(src: string, end: number, tex: string, closed = false): MathToken {
  return { type: 'math_block', raw: src.slice(0, end), tex: tex.trim(), display: true, closed }
}

function oneLineBlock(src: string): MathToken | undefined {
  const match = ONE_LINE.exec(src)
  return match ? blockToken(src, match[0].length, match[1] ?? match[2] ?? '', true) : undefined
}

/** Code spans over several lines are not seen: what decides must not come later than the next line. */
const SIGNS = /(`+)(?:[^`\n]|[^`\n][^\n]*?[^`\n])\1(?!`)|\n[ \t]*\n|\\\\|\\\$|\$\$|\\\[/g

const AT_LINE_END = /(?:\$\$|\\\[)[ \t]*\n/

/** Where in a paragraph a `$$` or `\[` at a line's end opens a formula of its own; -1 if none does. */
export function openingAtLineEnd(text: string, isInside = false): number {
  if (!AT_LINE_END.test(text)) return -1
  let isOpen = isInside
  for (const { 0: sign, index = 0 } of text.matchAll(SIGNS)) {
    if (sign.startsWith('\n')) return -1
    if (sign !== '$$' && sign !== '\\[') continue
    if (!isOpen && /^[ \t]*\n/.test(text.slice(index + 2))) return index
    if (sign === '$$') isOpen = !isOpen
  }
  return -1
}

export const mathBlock: TokenizerAndRendererExtension = {
  name: 'math_block',
  level: 'block',
  tokenizer: (src) => oneLineBlock(src) ?? fencedBlock(src),
}
