import { beforeAll, describe, expect, it } from 'vitest'

import type { Block, Run } from './blocks'
import payloads from './hostile.json'
import { katexNodes, loadKatex } from './katex_nodes'
import { MarkdownStream, parseMarkdown } from './stream'

const LIVE = /^(?:https?:\/\/|mailto:|tel:)[!-~]+$/

function runsIn(block: Block): readonly Run[] {
  if (block.kind === 'table') return [block.header, ...block.rows].flat(2)
  if (block.kind === 'image') return [block.image]
  return 'runs' in block ? block.runs : []
}

function addresses(blocks: readonly Block[]): string[] {
  return blocks.flatMap(runsIn).flatMap((run) => {
    if (run.kind === 'link') return [run.href]
    return run.kind === 'image' ? [run.url] : []
  })
}

function dead(blocks: readonly Block[]): string[] {
  return addresses(blocks).filter((address) => !LIVE.test(address))
}

function formulasIn(blocks: readonly Block[]): string[] {
  const inline = blocks.flatMap(runsIn).flatMap((run) => (run.kind === 'math' ? [run.tex] : []))
  return [...inline, ...blocks.flatMap((block) => (block.kind === 'math' ? [block.tex] : []))]
}

beforeAll(loadKatex)

describe.each(payloads)('$name', ({ markdown }) => {
  it('comes to nothing, however it arrives', () => {
    const stream = new MarkdownStream()
    for (const letter of markdown) {
      stream.append(letter)
      expect(dead(stream.blocks)).toEqual([])
    }
    stream.finish()
    expect(dead(stream.blocks)).toEqual([])
  })

  it('sets no formula with an address or a handler in it', () => {
    const nodes = formulasIn(parseMarkdown(markdown)).map((tex) => JSON.stringify(katexNodes(tex, false)))
    expect(nodes.join()).not.toMatch(/"(?:href|src|on\w+|id|data-\w+)":|"(?:class|style)":"[^"]*(?:evil|scrim|url\((?!\\"data:))/)
  })
})

const MANY = 5_000

describe('nesting without end', () => {
  it.each([
    ['quotations', '>'.repeat(MANY)],
    ['brackets', '['.repeat(MANY)],
    ['links', '[a]('.repeat(MANY)],
    ['pictures', '!['.repeat(MANY)],
    ['lists', '- '.repeat(MANY)],
    ['stars', '**a_'.repeat(MANY)],
    ['underscores', '_'.repeat(MANY)],
    ['formulas', '\\('.repeat(MANY)],
    ['footnotes', '[^1]: '.repeat(MANY)],
    ['one word', 'a'.repeat(40 * MANY)],
    ['blanks', `a${' '.repeat(10 * MANY)}b`],
  ])('of %s is read in time', (_, source) => {
    expect(parseMarkdown(`${source}x`)).not.toEqual([])
  }, 10_000)
})
