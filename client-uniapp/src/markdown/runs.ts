/** What stands in a line of text: pieces without nesting, each with all its marks. */

export const MARKS = [
  'strong', 'em', 'del', 'code', 'sub', 'sup', 'kbd', 'highlight', 'underline', 'small',
] as const

/** How a piece of text is set. */
export type Marks = { readonly [mark in (typeof MARKS)[number]]?: boolean }

export interface TextRun {
  readonly kind: 'text'
  readonly text: string
  readonly marks: Marks
}

/** A piece of a link's text; `href` has passed `safeLink`. */
export interface LinkRun {
  readonly kind: 'link'
  readonly text: string
  readonly marks: Marks
  readonly href: string
}

/** A picture that was not fetched yet; `url` is http or https. */
export interface ImageRun {
  readonly kind: 'image'
  readonly alt: string
  readonly url: string
  readonly host: string
}

/** A formula in TeX. `source` is how it was written, shown until it can be set. */
export interface MathRun {
  readonly kind: 'math'
  readonly tex: string
  readonly display: boolean
  readonly source: string
}

/** `[^label]`, where the footnote of that name belongs. */
export interface NoteRun {
  readonly kind: 'note'
  readonly label: string
}

export interface BreakRun {
  readonly kind: 'break'
}

export type Run = TextRun | LinkRun | ImageRun | MathRun | NoteRun | BreakRun
export type Runs = readonly Run[]
