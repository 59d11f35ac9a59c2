import type { Block, Run } from './blocks'

function spoken(run: Run): string {
  if (run.kind === 'break') return ' '
  if (run.kind === 'image') return run.alt
  if (run.kind === 'math') return run.source
  return run.kind === 'note' ? '' : run.text
}

function isDefinition(block: Block, label: string): boolean {
  return block.marker?.kind === 'note' && block.marker.label.toLowerCase() === label.toLowerCase()
}

/** The footnote of that name as plain text, shown when its number is tapped; '' while there is none. */
export function noteText(blocks: readonly Block[], label: string): string {
  const first = blocks.findIndex((block) => isDefinition(block, label))
  if (first < 0) return ''
  const rest = blocks.slice(first + 1)
  const length = rest.findIndex(({ rails, marker }) => !rails.includes('note') || marker?.kind === 'note')
  const own = [blocks[first], ...rest.slice(0, length < 0 ? rest.length : length)]
  const texts = own.map((block) => (block && 'runs' in block ? block.runs.map(spoken).join('') : ''))
  return texts.filter(Boolean).join(' ')
}
