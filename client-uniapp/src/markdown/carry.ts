import type { Token, Tokens } from 'marked'

import type { Block, Row } from './blocks'
import { markdownFence } from './fence'

/**
 * A block that grows for long, a fenced code or a table, is cut after a line it cannot take back.
 * Its opening lines stay at the head of the text still to be lexed; what was cut out behind them
 * is carried here and put back into what the rest gives. Of a list, whose items are settled one
 * by one, only the numbers are carried.
 */
export interface Carry {
  readonly numbers: readonly number[]
  readonly text: string
  readonly rows: readonly Row[]
}

export const NOTHING: Carry = { numbers: [], text: '', rows: [] }

/** `token`, lexed from what was left, with the text that was cut out of it. */
export function putBack(token: Token, carry: Carry): Token {
  if (token.type !== 'code' || carry.text === '') return token
  return { ...token, text: carry.text + (token as Tokens.Code).text }
}

/** `block`, made from what was left, with the rows that were cut out of it. */
export function putRowsBack(block: Block, carry: Carry): Block {
  if (block.kind !== 'table' || carry.rows.length === 0) return block
  return { ...block, rows: [...carry.rows, ...block.rows] }
}

const OPENING_LINES: Record<string, number> = { code: 1, table: 2 }

/** Where the first `lines` lines of `source` from `start` on end, behind their line feed. */
function linesEnd(source: string, start: number, lines: number): number {
  let end = start
  for (let line = 0; line < lines; line += 1) end = source.indexOf('\n', end) + 1
  return end
}

export interface Cut {
  /** The text still to be lexed. */
  readonly tail: string
  /** How many lines were cut out. */
  readonly lines: number
}

/**
 * `tail`, which begins with `token`, without the lines up to `horizon` that need not be lexed
 * again; null if there are none.
 */
export function cutInside(tail: string, token: Token, horizon: number): Cut | null {
  const opening = OPENING_LINES[token.type]
  if (opening === undefined || (token as Tokens.Code).codeBlockStyle === 'indented') return null
  const head = linesEnd(tail, 0, opening)
  const line = tail.lastIndexOf('\n', horizon - 1) + 1
  const at = markdownFence(tail.slice(0, line))?.safe ?? line
  if (at <= head || at >= token.raw.length) return null
  const lines = tail.slice(head, at).split('\n').length - 1
  return { tail: tail.slice(0, head) + tail.slice(at), lines }
}

/** `carry` with the `lines` more that were cut out of `block`, which holds `carry` already. */
export function carryLines(carry: Carry, block: Block | undefined, lines: number): Carry {
  if (block?.kind === 'table') return { ...carry, rows: block.rows.slice(0, carry.rows.length + lines) }
  if (block?.kind !== 'code') return carry
  const text = `${block.text}\n`
  return { ...carry, text: text.slice(0, linesEnd(text, carry.text.length, lines)) }
}
