import type { MarkedToken, Token, Tokens } from 'marked'

import type { Block, ImageRun, Marker, Place, Rail, Row, Runs } from './blocks'
import { decodeEntities } from './entities'
import { isFenceClosed } from './fence'
import type { FootnoteToken } from './footnote'
import { inlineRuns } from './inline'
import type { MathToken } from './math'
import { numbersOf, type NumberedList } from './numbering'

/** A block that does not know its key yet. */
type Keyless = Block extends infer B ? (B extends Block ? Omit<B, 'key'> : never) : never
type Content = Keyless extends infer B ? (B extends Keyless ? Omit<B, keyof Place> : never) : never

/**
 * Walks tokens and collects their blocks in reading order. One walk collects one top-level token
 * or list item; `final` says that no more text will come, which closes an open fence.
 */
class Walk {
  readonly blocks: Keyless[] = []
  private readonly rails: Rail[] = []
  private marker: Marker | null = null
  private quoteBegins = false

  constructor(private readonly final: boolean) {}

  tokens(tokens: readonly Token[]): void {
    for (const token of tokens) this.token(token as MarkedToken | MathToken | FootnoteToken)
  }

  private token(token: MarkedToken | MathToken | FootnoteToken): void {
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
        return this.paragraph(inlineRuns(token.tokens ?? [token]))
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

  private paragraph(runs: Runs): void {
    const [only, ...others] = runs
    if (only?.kind === 'image' && others.length === 0) return this.image(only)
    this.emit({ kind: 'paragraph', runs })
  }

  private image(image: ImageRun): void {
    this.emit({ kind: 'image', image })
  }

  private inside(rail: Rail, walk: () => void): void {
    this.rails.push(rail)
    walk()
    this.rails.pop()
  }

  private emit(content: Content): void {
    const joined = this.rails.includes('quote') && !this.quoteBegins
    this.quoteBegins = false
    this.blocks.push({ ...content, rails: [...this.rails], marker: this.marker, joined } as Keyless)
    this.marker = null
  }
}

function listMarker(list: Tokens.List, item: Tokens.ListItem, number: number): Marker {
  if (item.task) return { kind: 'task', checked: item.checked === true }
  if (!list.ordered) return { kind: 'bullet' }
  return { kind: 'number', label: `${number}.` }
}

function codeContent(token: Tokens.Code, final: boolean): Content {
  const fenced = token.codeBlockStyle !== 'indented'
  const language = /^\S*/.exec(decodeEntities(token.lang ?? ''))?.[0].toLowerCase() ?? ''
  const closed = final || !fenced || isFenceClosed(token.raw)
  return { kind: 'code', language, text: token.text.replace(/\n$/, ''), closed }
}

function mathContent({ tex, raw, closed }: MathToken, final: boolean): Content {
  return { kind: 'math', tex, source: raw.trim(), closed: closed || final }
}

function rowOf(cells: readonly Tokens.TableCell[]): Row {
  return cells.map(({ tokens }) => inlineRuns(tokens))
}

function tableContent({ align, header, rows }: Tokens.Table): Content {
  return { kind: 'table', align, header: rowOf(header), rows: rows.map(rowOf) }
}

/** The blocks of one token, numbered from `key`. */
export function flatten(token: Token, key: number, final: boolean): Block[] {
  const walk = new Walk(final)
  walk.tokens([token])
  return walk.blocks.map((block, index) => ({ ...block, key: key + index }) as Block)
}
