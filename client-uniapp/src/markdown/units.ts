import type { Links, Token, Tokens } from 'marked'

import { noteKey, type FootnoteToken } from './footnote'
import { numbersOf, type NumberedList } from './numbering'

/** A footnote is looked up by its name alone. */
const NOTE = { href: '', title: '' }

/**
 * The smallest part of an answer that can be settled alone: a top-level block, or one item of a
 * top-level list, wrapped as a list of one.
 */
export interface Unit {
  /** Where it begins in the lexed text. */
  readonly start: number
  readonly token: Token
  /** The numbers of all items of its ordered list so far, and which is its own; null for all else. */
  readonly numbered: Numbered | null
}

export interface Numbered {
  readonly numbers: readonly number[]
  readonly index: number
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list'
}

/** `before` are the numbers of the items that were settled already. */
function listUnits(list: Tokens.List, start: number, before: readonly number[]): Unit[] {
  const numbers = list.ordered ? [...before, ...numbersOf(list.items, before)] : []
  let at = start
  return list.items.map((item, own) => {
    const index = before.length + own
    const token: NumberedList = { ...list, items: [item], numbers: numbers.slice(index, index + 1) }
    const unit = { start: at, token, numbered: list.ordered ? { numbers, index } : null }
    at += item.raw.length
    return unit
  })
}

/**
 * The units of `tokens`, in order; blank lines between them are none. A list at their very start
 * goes on behind `before`.
 */
export function unitsOf(tokens: readonly Token[], before: readonly number[] = []): Unit[] {
  let start = 0
  return tokens.flatMap((token, index) => {
    const at = start
    start += token.raw.length
    if (token.type === 'space') return []
    if (isList(token)) return listUnits(token, at, index === 0 ? before : [])
    return [{ start: at, token, numbered: null }]
  })
}

/** The numbers of the items in front of `unit` in its list. */
export function numbersBefore({ numbered }: Unit): readonly number[] {
  return numbered ? numbered.numbers.slice(0, numbered.index) : []
}

/** The reference and footnote definitions among `units`; the first of a name wins. */
export function definitions(units: readonly Unit[]): Links {
  const links: Links = {}
  for (const { token } of units) {
    if (token.type === 'footnote') links[noteKey((token as FootnoteToken).label)] ??= NOTE
    if (token.type !== 'def') continue
    const { tag, href, title } = token as Tokens.Def
    links[tag] ??= { href, title }
  }
  return links
}
