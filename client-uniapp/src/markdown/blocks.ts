/**
 * What a Markdown answer becomes: a flat list of blocks with inline runs.
 *
 * Flat, because mini-programs pay for every nested component: a list item or a quotation is no
 * container but a block that knows the rails (quotation bars, list levels) it stands behind.
 */
import type { ImageRun, Runs } from './runs'

export * from './runs'

export type Marker =
  | { readonly kind: 'bullet' }
  | { readonly kind: 'number'; readonly label: string }
  | { readonly kind: 'task'; readonly checked: boolean }
  | { readonly kind: 'note'; readonly label: string }

export type Rail = 'quote' | 'item' | 'note' | 'fold'

/** Where a block stands. */
export interface Place {
  /** The block's ordinal in the answer: stable while the answer grows. */
  readonly key: number
  /** The quotations, list levels, footnotes and folds the block is in, outermost first. */
  readonly rails: readonly Rail[]
  /** Set on the first block of a list item or footnote only. */
  readonly marker: Marker | null
  /** The block before stands in the same outermost quotation, whose bar goes on. */
  readonly joined: boolean
  /** Its text runs from right to left, and what stands beside it stands on the other side. */
  readonly rtl?: boolean
  /** The keys of the folds the block is in, outermost first; left out where it is in none. */
  readonly folds?: readonly number[]
}

export type Align = 'left' | 'center' | 'right' | null
export type Row = readonly Runs[]

export interface HeadingBlock extends Place {
  readonly kind: 'heading'
  readonly level: number
  readonly runs: Runs
}

export interface ParagraphBlock extends Place {
  readonly kind: 'paragraph'
  readonly runs: Runs
}

/** `closed` is false while the fence is open and more lines may come. */
export interface CodeBlock extends Place {
  readonly kind: 'code'
  readonly language: string
  readonly text: string
  readonly closed: boolean
}

export interface MathBlock extends Place {
  readonly kind: 'math'
  readonly tex: string
  readonly source: string
  readonly closed: boolean
}

export interface TableBlock extends Place {
  readonly kind: 'table'
  readonly align: readonly Align[]
  readonly header: Row
  readonly rows: readonly Row[]
}

/** Raw HTML is shown as it was written, never interpreted. */
export interface HtmlBlock extends Place {
  readonly kind: 'html'
  readonly text: string
}

export interface ImageBlock extends Place {
  readonly kind: 'image'
  readonly image: ImageRun
}

export interface RuleBlock extends Place {
  readonly kind: 'rule'
}

/** A summary, which hides or shows the blocks that have its key among their `folds`. */
export interface FoldBlock extends Place {
  readonly kind: 'fold'
  readonly runs: Runs
  /** Whether its author wants it open at first. */
  readonly isOpen: boolean
}

/** Shows nothing: the fold of that key has been closed. */
export interface FoldEndBlock extends Place {
  readonly kind: 'foldEnd'
  readonly fold: number
}

export type Block =
  | HeadingBlock
  | ParagraphBlock
  | CodeBlock
  | MathBlock
  | TableBlock
  | HtmlBlock
  | ImageBlock
  | RuleBlock
  | FoldBlock
  | FoldEndBlock
