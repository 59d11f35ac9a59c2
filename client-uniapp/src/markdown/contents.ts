import type { Tokens } from 'marked'

import type { Block, Marker, Place, Row } from './blocks'
import { isRightToLeft, rowRightToLeft, runsRightToLeft } from './direction'
import { decodeEntities } from './entities'
import { isFenceClosed } from './fence'
import { inlineRuns } from './inline'
import type { MathToken } from './math'

/** A block that does not know its key yet. */
export type Keyless = Block extends infer B ? (B extends Block ? Omit<B, 'key'> : never) : never
/** What a block is, wherever it stands. */
export type Content = Keyless extends infer B ? (B extends Keyless ? Omit<B, keyof Place> : never) : never

/** Whether it runs from right to left; null where it has no letters of its own. */
export function directionOf(content: Content): boolean | null {
  if ('runs' in content) return runsRightToLeft(content.runs)
  if (content.kind === 'table') return rowRightToLeft(content.header)
  return content.kind === 'html' ? isRightToLeft(content.text) : null
}

export function listMarker(list: Tokens.List, item: Tokens.ListItem, number: number): Marker {
  if (item.task) return { kind: 'task', checked: item.checked === true }
  if (!list.ordered) return { kind: 'bullet' }
  return { kind: 'number', label: `${number}.` }
}

export function codeContent(token: Tokens.Code, final: boolean): Content {
  const fenced = token.codeBlockStyle !== 'indented'
  const language = /^\S*/.exec(decodeEntities(token.lang ?? ''))?.[0].toLowerCase() ?? ''
  const closed = final || !fenced || isFenceClosed(token.raw)
  return { kind: 'code', language, text: token.text.replace(/\n$/, ''), closed }
}

export function mathContent({ tex, raw, closed }: MathToken, final: boolean): Content {
  return { kind: 'math', tex, source: raw.trim(), closed: closed || final }
}

function rowOf(cells: readonly Tokens.TableCell[]): Row {
  return cells.map(({ tokens }) => inlineRuns(tokens))
}

export function tableContent({ align, header, rows }: Tokens.Table): Content {
  return { kind: 'table', align, header: rowOf(header), rows: rows.map(rowOf) }
}
