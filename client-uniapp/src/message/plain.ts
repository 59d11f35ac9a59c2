/** A text without its Markdown: what is pasted where nobody sets it. */
import type { Block, Marker, Runs, TableBlock } from '../markdown/blocks'
import { parseMarkdown } from '../markdown/stream'
import { scriptedText } from './scripts'

export function plainText(markdown: string): string {
  const blocks = parseMarkdown(markdown).filter(({ kind }) => kind !== 'foldEnd')
  return blocks.map((block, index) => gapAfter(blocks[index - 1], block) + plainBlock(block)).join('')
}

/** Formulas stay as they were written: without their marks they could not be read. */
export function plainRuns(runs: Runs): string {
  return runs
    .map((run) => {
      if (run.kind === 'break') return '\n'
      if (run.kind === 'math') return run.source
      if (run.kind === 'note') return `[${run.label}]`
      return run.kind === 'image' ? run.alt : scriptedText(run)
    })
    .join('')
}

/** List items stand close together, everything else apart. */
function gapAfter(before: Block | undefined, block: Block): string {
  if (!before) return ''
  return before.rails.includes('item') && block.marker ? '\n' : '\n\n'
}

function plainBlock(block: Block): string {
  const lines = bodyOf(block).split('\n')
  const depth = block.rails.filter((rail) => rail === 'item').length
  const indent = '  '.repeat(Math.max(0, depth - 1))
  const mark = block.marker ? `${signOf(block.marker)} ` : depth > 0 ? '  ' : ''
  return lines.map((line, at) => indent + (at === 0 ? mark : ' '.repeat(mark.length)) + line).join('\n')
}

function bodyOf(block: Block): string {
  switch (block.kind) {
    case 'heading':
    case 'paragraph':
    case 'fold':
      return plainRuns(block.runs)
    case 'code':
    case 'html':
      return block.text
    case 'math':
      return block.source
    case 'table':
      return plainTable(block)
    case 'image':
      return block.image.alt || block.image.url
    default:
      return '———'
  }
}

/** Columns by tabs, so that a spreadsheet takes them apart again. */
function plainTable({ header, rows }: TableBlock): string {
  return [header, ...rows].map((row) => row.map(plainRuns).join('\t')).join('\n')
}

function signOf(marker: Marker): string {
  if (marker.kind === 'number') return marker.label
  if (marker.kind === 'note') return `[${marker.label}]`
  if (marker.kind === 'task') return marker.checked ? '☑' : '☐'
  return '•'
}
