import type { Block, Runs } from './blocks'
import { parseMarkdown } from './stream'

/** The inline runs of a text of one paragraph. */
export function runsOf(source: string): Runs {
  const [block] = parseMarkdown(source)
  if (block?.kind !== 'paragraph') throw new Error(`no paragraph: ${JSON.stringify(block)}`)
  return block.runs
}

/** What a reader sees of a text with the given mark, piece by piece. */
export function markedTexts(source: string, mark: 'strong' | 'em' | 'del' | 'code'): string[] {
  return runsOf(source).flatMap((run) =>
    (run.kind === 'text' || run.kind === 'link') && run.marks[mark] ? [run.text] : [],
  )
}

/** The formulas of a paragraph, as TeX. */
export function formulas(source: string): string[] {
  return runsOf(source).flatMap((run) => (run.kind === 'math' ? [run.tex] : []))
}

/** A block in a line: its rails, its marker and its kind. */
export function outline({ rails, marker, kind }: Block): string {
  const sign = marker?.kind === 'number' ? marker.label : marker?.kind ?? ''
  return [rails.map((rail) => rail[0]).join(''), sign, kind].filter(Boolean).join(' ')
}
