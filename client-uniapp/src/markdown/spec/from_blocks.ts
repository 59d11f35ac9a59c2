import type { Block, Run } from '../blocks'
import { shape, type Piece } from './shape'

/** The reference writes addresses with percent signs; browsers do that themselves. */
function encoded(href: string): string {
  return encodeURI(href).replace(/%25([\dA-F]{2})/gi, '%$1')
}

function plain(text: string): Piece {
  return { text, marks: [], href: '' }
}

function piece(run: Run): Piece {
  switch (run.kind) {
    case 'break':
      return plain('\n')
    case 'note':
      return { text: run.label, marks: ['note'], href: '' }
    case 'math':
      return { text: run.source, marks: ['math'], href: '' }
    case 'image':
      return { text: run.alt, marks: ['image'], href: encoded(run.url) }
    case 'link':
      return { text: run.text, marks: Object.keys(run.marks), href: encoded(run.href) }
    default:
      return { text: run.text, marks: Object.keys(run.marks), href: '' }
  }
}

function pieces(block: Block): Piece[] {
  if ('runs' in block) return block.runs.map(piece)
  if (block.kind === 'image') return [piece(block.image)]
  if (block.kind === 'code') return block.text ? [plain(`${block.text}\n`)] : []
  return block.kind === 'html' ? [plain(block.text)] : []
}

function kindOf(block: Block): string {
  if (block.kind === 'heading') return `heading ${block.level}`
  if (block.kind === 'code') return `code ${block.language}`.trim()
  return block.kind === 'image' || block.kind === 'html' ? 'paragraph' : block.kind
}

/** Our blocks in the shapes that the reference's are compared with. */
export function shapesOfBlocks(blocks: readonly Block[]): string[] {
  return blocks.map((block) => {
    const { rails, joined } = block
    const marker = block.marker?.kind === 'number' ? block.marker.label : block.marker?.kind ?? ''
    return shape({ rails, marker, joined, kind: kindOf(block), pieces: pieces(block) })
  })
}
