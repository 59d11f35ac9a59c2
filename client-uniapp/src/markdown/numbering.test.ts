import { describe, expect, it } from 'vitest'

import type { Block } from './blocks'
import { MarkdownStream, parseMarkdown } from './stream'

function labels(blocks: readonly Block[]): string {
  return blocks.flatMap(({ marker }) => (marker?.kind === 'number' ? [marker.label] : [])).join(' ')
}

const LISTS = [
  ['1. a\n3. b\n5. c\n7. d', '1. 3. 5. 7.'],
  ['3. a\n2. b\n1. c', '3. 2. 1.'],
  ['1. a\n\n3. b\n\n5. c', '1. 3. 5.'],
  ['2. a\n   1. x\n   4. y\n9. b', '2. 1. 4. 9.'],
  ['- x\n\n  2. a\n  4. b', '2. 4.'],
  ['> 4. a\n> 2. b', '4. 2.'],
  ['1) a\n4) b', '1. 4.'],
  ['1. a\n1. b\n1. c', '1. 2. 3.'],
  ['0. a\n0. b', '0. 1.'],
  ['1. a\n2. b\n2. c\n3. d', '1. 2. 3. 4.'],
  ['5. a\n5. b\n\n   c\n5. d', '5. 6. 7.'],
] as const

describe('the numbers of a list (M5)', () => {
  it.each(LISTS)('%j: as they were written, repeats counted on', (source, expected) => {
    expect(labels(parseMarkdown(source))).toBe(expected)
  })

  it.each(LISTS)('%j: the same letter by letter', (source, expected) => {
    const stream = new MarkdownStream()
    for (const letter of `${source}\n`) stream.append(letter)
    stream.finish()
    expect(labels(stream.blocks)).toBe(expected)
  })
})
