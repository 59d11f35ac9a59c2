import { describe, expect, it } from 'vitest'

import type { Block, Runs } from './blocks'
import { outline } from './plain.fixture'
import { MarkdownStream, parseMarkdown } from './stream'

function shown(runs: Runs): string {
  return runs
    .map((run) => {
      if (run.kind === 'note') return `⟦${run.label}⟧`
      return 'text' in run ? run.text : '\n'
    })
    .join('')
}

function texts(blocks: readonly Block[]): string[] {
  return blocks.map((block) => ('runs' in block ? shown(block.runs) : block.kind))
}

describe('a footnote', () => {
  it('is referred to in a line and defined in a block of its own', () => {
    const blocks = parseMarkdown('天空是蓝的[^1]，海也是[^sea]。\n\n[^1]: 瑞利散射。\n[^sea]: 反射[^1]。')
    expect(texts(blocks)).toEqual(['天空是蓝的⟦1⟧，海也是⟦sea⟧。', '瑞利散射。', '反射⟦1⟧。'])
    expect(blocks.map(outline)).toEqual(['paragraph', 'n note paragraph', 'n note paragraph'])
  })

  it('may come before its reference, in the middle, or right below a paragraph', () => {
    expect(texts(parseMarkdown('[^a]: 先。\n\n后[^a]'))).toEqual(['先。', '后⟦a⟧'])
    expect(texts(parseMarkdown('文[^a]\n[^a]: 注'))).toEqual(['文⟦a⟧', '注'])
  })

  it('holds what is indented below it and the lines that go on', () => {
    const blocks = parseMarkdown('[^1]: 一\n二\n\n    三\n\n    - 四\n\n        五\n\n六[^1]')
    expect(blocks.map(outline)).toEqual([
      'n note paragraph', 'n paragraph', 'ni bullet paragraph', 'ni paragraph', 'paragraph',
    ])
  })

  it('is shown where it is defined inside another, however deep', () => {
    const blocks = parseMarkdown('文[^1][^x]\n\n[^1]: 一\n\n    [^x]: 词\n')
    expect(texts(blocks)).toEqual(['文⟦1⟧⟦x⟧', '一', '词'])
    expect(JSON.stringify(parseMarkdown('[^a]: [^b]: [^c]: [^d]: [^e]: 词'))).toContain('词')
  })

  it.each(['- 项', '# 题', '> 引', '```\n```', '1. 一', '[^2]: 二', '| a |\n|---|', '$$\nx\n$$'])(
    'ends before %j',
    (next) => expect(texts(parseMarkdown(`[^1]: 注\n${next}`))[0]).toBe('注'),
  )

  it('marks stand around and inside it', () => {
    const [block] = parseMarkdown('**重要[^1]：**注意 | `[^1]`\n\n[^1]: *斜* [链](https://a.cn)')
    expect(block && 'runs' in block && block.runs.map(({ kind }) => kind)).toEqual([
      'text', 'note', 'text', 'text', 'text',
    ])
  })

  it('without a definition stays as it was written', () => {
    expect(texts(parseMarkdown('正则 [^abc] 和 [^1]'))).toEqual(['正则 [^abc] 和 [^1]'])
  })

  it('with an address behind it is a link', () => {
    const [block] = parseMarkdown('[^1](https://a.cn)\n\n[^1]: 注')
    expect(block).toMatchObject({ runs: [{ kind: 'link', text: '^1', href: 'https://a.cn' }] })
  })

  it('nests no deeper than somebody means', () => {
    const deepest = parseMarkdown('[^1]: '.repeat(5_000)).map(({ rails }) => rails.length)
    expect(Math.max(...deepest)).toBeLessThan(4)
  })
})

describe('while the text grows', () => {
  function streamed(text: string): MarkdownStream {
    const stream = new MarkdownStream()
    for (const letter of text) stream.append(letter)
    return stream
  }

  it('a number is a footnote before its definition has come', () => {
    expect(texts(streamed('天空是蓝的[^1]。\n').blocks)).toEqual(['天空是蓝的⟦1⟧。'])
  })

  it('a number nobody defined is text at the end', () => {
    const stream = streamed('天空[^1]。\n')
    stream.finish()
    expect(texts(stream.blocks)).toEqual(['天空[^1]。'])
  })

  it('a word waits for its definition, however far up it stands', () => {
    const stream = streamed(`甲[^w]\n\n${'乙\n\n'.repeat(20)}[^w]: 注\n\n丙[^w]\n\n丁\n\n`)
    expect(texts(stream.blocks)[0]).toBe('甲[^w]')
    expect(texts(stream.blocks)).toContain('丙⟦w⟧')
    stream.finish()
    expect(texts(stream.blocks)[0]).toBe('甲⟦w⟧')
  })
})
