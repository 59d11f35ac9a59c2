import { describe, expect, it } from 'vitest'

import { outline } from './plain.fixture'
import { parseMarkdown } from './stream'

function outlines(source: string): string[] {
  return parseMarkdown(source).map(outline)
}

describe('lists', () => {
  it('become blocks with a level and a marker', () => {
    expect(outlines('- a\n  1. b\n     - c\n  2. d\n- e')).toEqual([
      'i bullet paragraph',
      'ii 1. paragraph',
      'iii bullet paragraph',
      'ii 2. paragraph',
      'i bullet paragraph',
    ])
  })

  it('mark only the first block of an item', () => {
    expect(outlines('3. a\n\n   b\n\n   ```\n   c\n   ```')).toEqual([
      'i 3. paragraph',
      'i paragraph',
      'i code',
    ])
  })

  it('show tasks and items without text', () => {
    expect(parseMarkdown('- [x] a\n- [ ] b').map(({ marker }) => marker)).toEqual([
      { kind: 'task', checked: true },
      { kind: 'task', checked: false },
    ])
    expect(outlines('- - a')).toEqual(['i bullet paragraph', 'ii bullet paragraph'])
  })
})

describe('quotations', () => {
  it('are rails in the order they are nested', () => {
    expect(outlines('> a\n>\n> - b\n>   > c\n\n- > d')).toEqual([
      'q paragraph',
      'qi bullet paragraph',
      'qiq paragraph',
      'iq bullet paragraph',
    ])
  })

  it('are joined inside one and apart between two', () => {
    const blocks = parseMarkdown('> a\n>\n> b\n\n> c\n\nd')
    expect(blocks.map(({ joined }) => joined)).toEqual([false, true, false, false])
  })
})

describe('code', () => {
  it('has the first word of the fence as its language', () => {
    expect(parseMarkdown('```TS title="a"\nx\n```')[0]).toMatchObject({ language: 'ts', text: 'x' })
  })

  it('is not closed by a shorter or another fence', () => {
    expect(parseMarkdown('````\n```\n~~~~\n````\n')[0]).toMatchObject({ text: '```\n~~~~' })
  })

  it('may be indented', () => {
    expect(parseMarkdown('    x = 1\n      y')[0]).toMatchObject({ text: 'x = 1\n  y', language: '' })
  })
})

describe('other blocks', () => {
  it('keep their own content', () => {
    const [table, rule, html, image] = parseMarkdown(
      '| a | b |\n|:--|--:|\n| 1 |\n\n---\n\n<div>x</div>\n\n![猫](https://a.cn/cat.png)',
    )
    expect(table).toMatchObject({ kind: 'table', align: ['left', 'right'], rows: [[[{ text: '1' }], []]] })
    expect(rule).toMatchObject({ kind: 'rule' })
    expect(html).toMatchObject({ kind: 'html', text: '<div>x</div>' })
    expect(image).toMatchObject({ kind: 'image', image: { alt: '猫', host: 'a.cn' } })
  })
})
