import type { Token } from 'marked'

import type { Marks } from './blocks'

/** The tags without any danger that models use in text. Whatever attributes they have is ignored. */
const MARKS: Readonly<Record<string, keyof Marks>> = {
  b: 'strong',
  strong: 'strong',
  i: 'em',
  em: 'em',
  s: 'del',
  del: 'del',
  u: 'underline',
  sub: 'sub',
  sup: 'sup',
  kbd: 'kbd',
  mark: 'highlight',
  small: 'small',
}
const NAMES = [...Object.keys(MARKS), 'br', 'details', 'summary']
const TAG = new RegExp(`^<(/?)(${Object.keys(MARKS).join('|')})(?:\\s[^<>]*)?>$`, 'i')
const BREAK = /^(?:<\/?br(?:\s[^<>]*)?\/?>\s*)+$/i
const BEGINS_LINE = new RegExp(`^ {0,3}</?(?:${Object.keys(MARKS).join('|')}|br)(?=[\\s/>])`, 'i')
const IN_TEXT = new RegExp(`<(/?)(${Object.keys(MARKS).join('|')})(?:\\s[^<>]*)?>`, 'gi')
const BLANK_BEFORE = /^\s*/
const HALF = /<\/?([a-z]*)((?:\s[^<>]*)?)$/i

interface Tag {
  readonly name: string
  readonly closes: boolean
}

function tagOf({ type, raw }: Token): Tag | null {
  const [, slash, name] = (type === 'html' && TAG.exec(raw)) || []
  return name === undefined ? null : { name: name.toLowerCase(), closes: slash === '/' }
}

export function isBreakTag(raw: string): boolean {
  return BREAK.test(raw)
}

/** Whether a line begins with such a tag: it is a paragraph, where CommonMark has raw HTML. */
export function beginsWithTag(line: string): boolean {
  return BEGINS_LINE.test(line)
}

/**
 * What each tag among the inline `tokens` switches on or off, by its place. Only a tag that has its
 * partner among them does; all others are text.
 */
export function pairedTags(tokens: readonly Token[]): ReadonlyMap<number, keyof Marks> {
  const pairs = new Map<number, keyof Marks>()
  const open: Record<string, number[]> = {}
  tokens.forEach((token, index) => {
    const tag = tagOf(token)
    const mark = tag && MARKS[tag.name]
    if (!tag || !mark) return
    if (!tag.closes) return void (open[tag.name] ??= []).push(index)
    const begin = open[tag.name]?.pop()
    if (begin !== undefined) pairs.set(begin, mark).set(index, mark)
  })
  return pairs
}

/** `text`, which still grows, without the first half of a tag at its end. */
export function withoutHalfTag(text: string): string {
  const [half, name = '', rest = ''] = HALF.exec(text) ?? []
  if (half === undefined) return text
  const isKnown = NAMES.some((known) =>
    rest === '' ? known.startsWith(name.toLowerCase()) : known === name.toLowerCase(),
  )
  return isKnown ? text.slice(0, -half.length) : text
}

/** Whether nothing but the first half of a tag has come yet. */
export function isHalfTag(text: string): boolean {
  const begin = BLANK_BEFORE.exec(text)?.[0].length ?? 0
  const isOnly = text.indexOf('>', begin) < 0 && text.indexOf('<', begin + 1) < 0
  return isOnly && withoutHalfTag(text).trim() === ''
}

/** More than these open at once are nothing that somebody is about to close. */
const MOST_OPEN = 20

/** The closing tags that `text` still lacks, innermost first. */
export function lackingTags(text: string): string {
  const open: string[] = []
  for (const [, slash, found = ''] of text.matchAll(IN_TEXT)) {
    const name = found.toLowerCase()
    const begin = open.lastIndexOf(name)
    if (slash === '') open.push(name)
    else if (begin >= 0) open.splice(begin, 1)
  }
  if (open.length > MOST_OPEN) return ''
  return open.reverse().map((name) => `</${name}>`).join('')
}
