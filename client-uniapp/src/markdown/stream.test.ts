import { describe, expect, it } from 'vitest'

import type { Block } from './blocks'
import { longAnswer, longBlocks } from './long_answer.fixture'
import { MarkdownStream, parseMarkdown } from './stream'

function pieces(text: string, count: number): string[] {
  const size = Math.ceil(text.length / count)
  return Array.from({ length: count }, (_, i) => text.slice(i * size, (i + 1) * size))
}

function streamed(deltas: readonly string[]): MarkdownStream {
  const stream = new MarkdownStream()
  for (const delta of deltas) stream.append(delta)
  return stream
}

function kinds(blocks: readonly Block[]): string[] {
  return blocks.map(({ kind }) => kind)
}

describe('work', () => {
  const answer = longAnswer(40)

  it('lexes a long answer in 1,000 deltas at a cost that does not grow', () => {
    const stream = new MarkdownStream()
    const costs = pieces(answer, 1000).map((delta) => {
      const before = stream.lexed
      stream.append(delta)
      return stream.lexed - before
    })
    const sum = (part: number[]) => part.reduce((total, cost) => total + cost, 0)
    expect(sum(costs.slice(900))).toBeLessThan(1.3 * sum(costs.slice(0, 100)))
    expect(stream.lexed).toBeLessThan(12 * answer.length)
  })

  it('lexes at the end no more than is not settled yet', () => {
    const stream = streamed(pieces(answer, 1000))
    const before = stream.lexed
    stream.finish()
    expect(stream.lexed - before).toBeLessThan(300)
    expect(stream.blocks).toEqual(parseMarkdown(answer))
  })

  it.each(Object.entries(longBlocks(500)))('does not grow inside one long %s', (_name, text) => {
    const stream = streamed(pieces(text, 1000))
    expect(stream.lexed).toBeLessThan(15 * text.length)
  })

  /** Read again from every mark, these would take minutes; they take a second. */
  it.each(['**a_', '~~a ~b', '[a', '$a ', '_a', '\\(', '<sub>a', '**a** $x$ '])(
    'reads no paragraph of unfinished %s to its end at each',
    (marks) => {
      const [only] = parseMarkdown(marks.repeat(320_000 / marks.length))
      expect(only?.kind).toBe('paragraph')
    },
    60_000,
  )
})

describe('a text in which each line could begin a block', () => {
  /** As above: linear, and minutes if each line were read to the end of the text. */
  it.each(['x a\n\n', '\\[ a\n', '$$ a\n\n', '$$\nx\n$$\n\n', '<details>\n', '<div>\n\n', 'a <details>\n'])(
    'is read once, full of %j',
    (line) => {
      expect(parseMarkdown(line.repeat(320_000 / line.length)).length).toBeGreaterThan(0)
    },
    60_000,
  )

  it('repeats no list of a thousand folds in each of their blocks', () => {
    const deepest = parseMarkdown('<details>\n'.repeat(1_000)).map(({ folds }) => folds?.length ?? 0)
    expect(Math.max(...deepest)).toBeLessThan(50)
  })
})

it('lexes a growing paragraph of open tags once or twice with each piece', () => {
  const text = '<sub>a'.repeat(300)
  const stream = streamed(pieces(text, 200))
  expect(stream.lexed).toBeLessThan(200 * text.length)
})

describe('settled blocks', () => {
  it('keep their identity through every later delta and the end', () => {
    const deltas = pieces(longAnswer(6), 200)
    const stream = streamed(deltas.slice(0, 100))
    const early = stream.blocks.slice(0, -8)
    for (const delta of deltas.slice(100)) stream.append(delta)
    stream.finish()
    expect(early.length).toBeGreaterThan(10)
    early.forEach((block, index) => expect(stream.blocks[index]).toBe(block))
  })

  it('are numbered from zero without gaps', () => {
    const keys = parseMarkdown(longAnswer(2)).map(({ key }) => key)
    expect(keys).toEqual(keys.map((_, index) => index))
  })

  it('let only the growing block change', () => {
    const stream = streamed(['# 标题\n\n第一段。\n\n- 一\n- 二\n- 三'])
    const before = stream.blocks
    stream.append('四')
    const changed = stream.blocks.filter((block, index) => block !== before[index])
    expect(changed).toHaveLength(1)
  })
})

describe('while the text grows', () => {
  it('numbers the items that follow settled ones', () => {
    const stream = streamed(['1. a\n', '1. b\n', '1. c\n', '1. d\n', '1. e'])
    const labels = stream.blocks.map(({ marker }) => marker?.kind === 'number' && marker.label)
    expect(labels).toEqual(['1.', '2.', '3.', '4.', '5.'])
  })

  it('shows no heading for the moment in which a list begins', () => {
    const stream = streamed(['正文', '\n-'])
    expect(kinds(stream.blocks)).toEqual(['paragraph'])
    stream.append(' 项')
    expect(stream.blocks.map(({ marker }) => marker?.kind)).toEqual([undefined, 'bullet'])
  })

  it('shows a table at once as a table', () => {
    const stream = new MarkdownStream()
    const seen = new Set<string>()
    for (const letter of '前文\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n') {
      stream.append(letter)
      stream.blocks.forEach((block) => seen.add(JSON.stringify(block)))
    }
    expect([...seen].filter((block) => block.includes('paragraph')).join()).not.toContain('|')
    expect(kinds(stream.blocks)).toEqual(['paragraph', 'table'])
  })

  it('keeps a fence open until its closing line', () => {
    const stream = streamed(['```py\n', 'a = 1\n', 'b = 2\n', 'c = 3\n'])
    expect(stream.blocks[0]).toMatchObject({ kind: 'code', language: 'py', closed: false })
    stream.append('```\n')
    expect(stream.blocks[0]).toMatchObject({ text: 'a = 1\nb = 2\nc = 3', closed: true })
  })

  it('joins a line end that was cut in two', () => {
    const stream = streamed(['a\r', '\nb\r', '\n\r', '\nc'])
    expect(stream.blocks).toEqual(parseMarkdown('a\nb\n\nc'))
  })
})

describe('the end', () => {
  it('closes what was left open', () => {
    const stream = streamed(['```py\nx'])
    stream.finish()
    expect(stream.blocks[0]).toMatchObject({ kind: 'code', closed: true })
  })

  it('resolves a reference whose definition came last', () => {
    const stream = streamed(['见 [文档][1]。\n\n', '段。\n\n', '段。\n\n', '[1]: https://example.com\n'])
    stream.finish()
    expect(JSON.stringify(stream.blocks[0])).toContain('"href":"https://example.com"')
  })

  it('closes a fence that its item ends', () => {
    const stream = streamed(['- ```py\n  x\n', '- 二\n', '- 三\n', '- 四'])
    expect(stream.blocks[0]).toMatchObject({ kind: 'code', closed: true })
  })

  it('shows what was held back', () => {
    const stream = streamed(['正文\n\n| a'])
    stream.finish()
    expect(stream.blocks).toEqual(parseMarkdown('正文\n\n| a'))
  })
})
