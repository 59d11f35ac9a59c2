import type { MarkedToken, Token, Tokens } from 'marked'

import type { Block, ImageRun, Marker, Rail, Runs } from './blocks'
import {
  codeContent,
  directionOf,
  listMarker,
  mathContent,
  tableContent,
  type Content,
  type Keyless,
} from './contents'
import type { FoldEndToken, FoldToken } from './fold'
import type { FootnoteToken } from './footnote'
import { inlineRuns } from './inline'
import type { MathToken } from './math'
import { numbersOf, type NumberedList } from './numbering'
import { isBreakTag } from './tags'

/** Every block names all folds that it is in; nobody nests deeper by hand. */
const DEEPEST_FOLD = 40

type AnyToken = MarkedToken | MathToken | FootnoteToken | FoldToken | FoldEndToken

/**
 * Walks tokens and collects their blocks in reading order. One walk collects one top-level token
 * or list item; `final` says that no more text will come, which closes an open fence.
 */
class Walk {
  readonly blocks: Keyless[] = []
  private readonly rails: Rail[]
  private marker: Marker | null = null
  private quoteBegins = false
  private rtl = false
  /** How many of the folds were opened outside the item or quotation that is walked. */
  private outerFolds = 0

  /** `folds` are those that are open, and then those that are open behind. */
  constructor(
    private readonly key: number,
    private readonly final: boolean,
    readonly folds: number[],
  ) {
    this.rails = folds.map(() => 'fold')
  }

  tokens(tokens: readonly Token[]): void {
    for (const token of tokens) this.token(token as AnyToken)
  }

  private token(token: AnyToken): void {
    switch (token.type) {
      case 'blockquote':
        return this.quote(token)
      case 'list':
        return this.list(token)
      case 'heading':
        return this.emit({
          kind: 'heading',
          level: token.depth,
          runs: inlineRuns(token.tokens),
        })
      case 'paragraph':
      case 'text':
        return this.paragraph(inlineRuns(token.tokens ?? [token]), token.raw)
      case 'code':
        return this.emit(codeContent(token, this.final))
      case 'math_block':
        return this.emit(mathContent(token as MathToken, this.final))
      case 'table':
        return this.emit(tableContent(token))
      case 'html':
        return this.emit({ kind: 'html', text: token.raw.replace(/\n+$/, '') })
      case 'footnote':
        return this.item(token as FootnoteToken, 'note', {
          kind: 'note',
          label: (token as FootnoteToken).label,
        })
      case 'fold':
        return this.fold(token as FoldToken)
      case 'fold_end':
        return this.endFold(token.raw)
      case 'hr':
        return this.emit({ kind: 'rule' })
      default:
        return undefined
    }
  }

  private quote({ tokens }: Tokens.Blockquote): void {
    if (!this.rails.includes('quote')) this.quoteBegins = true
    this.inside('quote', () => this.tokens(tokens))
  }

  private list(list: Tokens.List | NumberedList): void {
    const numbers = 'numbers' in list ? list.numbers : numbersOf(list.items)
    list.items.forEach((item, index) => {
      this.item(item, 'item', listMarker(list, item, numbers[index] ?? 1))
    })
  }

  /** A list item or a footnote. */
  private item({ tokens }: { tokens?: Token[] }, rail: Rail, marker: Marker): void {
    this.flushMarker()
    this.inside(rail, () => {
      this.marker = marker
      this.tokens(tokens ?? [])
      this.flushMarker()
    })
  }

  /** An item without text of its own, as in `- - a`, still shows its marker. */
  private flushMarker(): void {
    if (this.marker) this.emit({ kind: 'paragraph', runs: [] })
  }

  /** Line breaks alone, which some models use for a gap, are no paragraph. */
  private paragraph(runs: Runs, raw: string): void {
    const [only, ...others] = runs
    if (only?.kind === 'image' && others.length === 0) return this.image(only)
    if (this.marker || !isBreakTag(raw.trim())) this.emit({ kind: 'paragraph', runs })
  }

  private fold({ tokens, isOpen, raw }: FoldToken): void {
    if (this.folds.length >= DEEPEST_FOLD) return this.emit({ kind: 'html', text: raw.trim() })
    this.emit({ kind: 'fold', runs: inlineRuns(tokens), isOpen })
    this.folds.push(this.key + this.blocks.length - 1)
    this.rails.push('fold')
  }

  /** A closing tag without its opening is text. */
  private endFold(raw: string): void {
    if (this.folds.length <= this.outerFolds) return this.emit({ kind: 'html', text: raw.trim() })
    this.rails.pop()
    this.emit({ kind: 'foldEnd', fold: this.folds.pop() ?? 0 })
  }

  private image(image: ImageRun): void {
    this.emit({ kind: 'image', image })
  }

  /** A fold that is open when its item or quotation ends, ends with it. */
  private inside(rail: Rail, walk: () => void): void {
    const { outerFolds, rails, folds } = this
    const depth = rails.length
    this.outerFolds = folds.length
    rails.push(rail)
    walk()
    rails.length = depth
    folds.length = this.outerFolds
    this.outerFolds = outerFolds
  }

  /** Without letters of its own a block in an item or a quotation runs as the one above it. */
  private direction(content: Content): boolean {
    const own = directionOf(content)
    if (own !== null) this.rtl = own
    return own ?? (this.rails.length > 0 && this.rtl)
  }

  private emit(content: Content): void {
    const joined = this.rails.includes('quote') && !this.quoteBegins
    const rtl = this.direction(content) ? { rtl: true } : {}
    const folds = this.folds.length > 0 ? { folds: [...this.folds] } : {}
    const place = { rails: [...this.rails], marker: this.marker, joined, ...rtl, ...folds }
    this.quoteBegins = false
    this.blocks.push({ ...content, ...place } as Keyless)
    this.marker = null
  }
}

export interface Flat {
  readonly blocks: readonly Block[]
  /** The keys of the folds that are still open behind them. */
  readonly folds: readonly number[]
}

/** The blocks of one token, numbered from `key`, in the `open` folds. */
export function flatten(token: Token, key: number, final: boolean, open: readonly number[] = []): Flat {
  const walk = new Walk(key, final, [...open])
  walk.tokens([token])
  const blocks = walk.blocks.map((block, index) => ({ ...block, key: key + index }) as Block)
  return { blocks, folds: walk.folds }
}
