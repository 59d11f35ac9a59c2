import type { Links, Token, Tokens } from 'marked'

import { noteKey, type FootnoteToken } from './footnote'

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
  /** What an item of an ordered list is numbered; null for all else. */
  readonly number: number | null
}

function isList(token: Token): token is Tokens.List {
  return token.type === 'list'
}

function listUnits(list: Tokens.List, start: number): Unit[] {
  let at = start
  return list.items.map((item, index) => {
    const number = list.ordered ? Number(list.start) + index : null
    const token: Tokens.List = { ...list, start: number ?? '', items: [item] }
    const unit = { start: at, token, number }
    at += item.raw.length
    return unit
  })
}

/** The units of `tokens`, in order; blank lines between them are none. */
export function unitsOf(tokens: readonly Token[]): Unit[] {
  let start = 0
  return tokens.flatMap((token) => {
    const at = start
    start += token.raw.length
    if (token.type === 'space') return []
    return isList(token) ? listUnits(token, at) : [{ start: at, token, number: null }]
  })
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
