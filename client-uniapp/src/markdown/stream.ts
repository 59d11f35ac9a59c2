import type { Links, Token } from 'marked'

import type { Block } from './blocks'
import { carryLines, cutInside, NOTHING, putBack, putRowsBack, type Carry } from './carry'
import { lex } from './dialect'
import { blocksOf, flatUnits } from './flat_units'
import type { Flat } from './flatten'
import { shownLength } from './holdback'
import { lastText, provisional } from './provisional'
import { share } from './sharing'
import { definitions, numbersBefore, unitsOf, type Unit } from './units'

/** A carriage return at the very end stays: the next delta may bring its line feed. */
function unifyLineEnds(source: string): string {
  return source.replace(/\r\n|\r(?!$)/g, '\n')
}

/** The blocks of a whole text. What a finished stream of the same text gives, however cut. */
export function parseMarkdown(source: string): readonly Block[] {
  return blocksOf(flatUnits(unitsOf(lex(unifyLineEnds(source))), 0, true))
}

/**
 * A reference's definition, in a quotation or an item too, since any text before it may refer to
 * it; or a footnote's number, which is text if nobody defined it.
 */
const LOOKED_UP = /^[ \t>*+\d.)-]*\[(?:\\[\s\S]|[^[\]\\])+\]:|\[\^\d{1,3}\]/m

/** The end of the last line but one: a unit that begins before it can no longer be undone. */
function horizonOf(source: string): number {
  const last = source.lastIndexOf('\n')
  return last < 1 ? -1 : source.lastIndexOf('\n', last - 1)
}

/**
 * A Markdown text that grows. Whatever stands before the last two lines' unit is settled: it is
 * never lexed again and its blocks keep their identity, so that the work for one more delta does
 * not depend on how long the text is already.
 *
 * Before `finish`, references to definitions that come later are still plain text, a last line
 * that could become anything is held back, and a mark left open in it is shown as if closed.
 * `finish` settles both: it lexes what is not settled yet, and the whole only where something in
 * it is looked up.
 */
export class MarkdownStream {
  /** Characters given to the lexer so far: what this class promises to keep linear. */
  lexed = 0
  private source = ''
  private tail = ''
  private carry: Carry = NOTHING
  private links: Links = {}
  private folds: readonly number[] = []
  private settled: readonly Block[] = []
  private open: readonly Block[] = []

  /** All blocks so far, in reading order; unchanged ones are the same objects as before. */
  get blocks(): readonly Block[] {
    return [...this.settled, ...this.open]
  }

  append(delta: string): void {
    this.source += delta
    this.tail = unifyLineEnds(this.tail + delta)
    const shown = this.tail.slice(0, shownLength(this.tail))
    const units = this.unitsOf(this.shownTokens(shown))
    const flats = flatUnits(units, this.settled.length, false, this.folds)
    this.open = share(this.open, this.withRows(blocksOf(flats)))
    this.settle(units, flats, horizonOf(shown))
  }

  finish(): void {
    this.settled = LOOKED_UP.test(this.source) ? this.whole() : this.end()
    this.open = []
    this.tail = ''
  }

  private whole(): readonly Block[] {
    this.lexed += this.source.length
    return share(this.blocks, parseMarkdown(this.source))
  }

  private end(): readonly Block[] {
    const units = this.unitsOf(this.lex(this.tail))
    const blocks = blocksOf(flatUnits(units, this.settled.length, true, this.folds))
    return [...this.settled, ...share(this.open, this.withRows(blocks))]
  }

  private unitsOf([first, ...others]: readonly Token[]): Unit[] {
    return first ? unitsOf([putBack(first, this.carry), ...others], this.carry.numbers) : []
  }

  private shownTokens(source: string): Token[] {
    const tokens = this.lex(source)
    const text = lastText(tokens[tokens.length - 1])
    const likely = text === null ? source : provisional(source, text)
    return likely === source ? tokens : this.lex(likely)
  }

  private lex(source: string): Token[] {
    this.lexed += source.length
    return lex(source, this.links)
  }

  private withRows([first, ...others]: readonly Block[]): readonly Block[] {
    return first ? [putRowsBack(first, this.carry), ...others] : []
  }

  /** Settles what the text before `horizon` has made sure. */
  private settle(units: readonly Unit[], flats: readonly Flat[], horizon: number): void {
    const later = units.findIndex(({ start }) => start > horizon)
    const last = (later < 0 ? units.length : later) - 1
    const next = units[last]
    if (!next) return
    this.tail = this.tail.slice(next.start)
    if (last > 0) this.settleUnits(units.slice(0, last), flats.slice(0, last))
    if (last > 0) this.carry = { ...NOTHING, numbers: numbersBefore(next) }
    this.cut(next, horizon - next.start)
  }

  private settleUnits(units: readonly Unit[], flats: readonly Flat[]): void {
    const blocks = blocksOf(flats).length
    this.folds = flats[flats.length - 1]?.folds ?? this.folds
    this.settled = [...this.settled, ...this.open.slice(0, blocks)]
    this.open = this.open.slice(blocks)
    this.links = { ...definitions(units), ...this.links }
  }

  /** The tail begins with `unit` now, and `horizon` counts from there. */
  private cut({ token }: Unit, horizon: number): void {
    const cut = cutInside(this.tail, token, horizon)
    if (!cut) return
    this.tail = cut.tail
    this.carry = carryLines(this.carry, this.open[0], cut.lines)
  }
}
