import { describe, expect, it } from 'vitest'

import { formulas, markedTexts } from './plain.fixture'
import { parseMarkdown } from './stream'

describe('formulas in a line', () => {
  it.each([
    ['公式$x^2$在此', ['x^2']],
    ['其中\\(a_i\\)为第 $i$ 项。', ['a_i', 'i']],
    ['面积（$S=\\pi r^2$）', ['S=\\pi r^2']],
    ['the $n$th term', ['n']],
    ['所以 $$E=mc^2$$ 成立', ['E=mc^2']],
    ['即\\[x\\]也', ['x']],
    ['$a\\$b$', ['a\\$b']],
  ])('%s', (source, tex) => {
    expect(formulas(source)).toEqual(tex)
  })

  it.each([
    '$5 and $6',
    '价格$5，共$6元',
    'US$5和US$6',
    'from $10 to 20$ only',
    'costs $5 (or $6), 100$和200$',
    '`$a$` is code',
    '$HOME/$USER',
    'a $ b $ c',
    '\\$x\\$',
  ])('money and code stay text: %s', (source) => {
    expect(formulas(source)).toEqual([])
  })

  it('a star inside a formula closes no emphasis', () => {
    expect(markedTexts('*设 $a^*$ 为* 共轭', 'em')).toEqual(['设 ', ' 为'])
    expect(markedTexts('**设 \\(b^*\\) 为** 共轭', 'strong')).toEqual(['设 ', ' 为'])
  })
})

describe('formulas of their own', () => {
  it.each([
    ['$$\nx+1\n$$', 'x+1'],
    ['\\[\nx+1\n\\]', 'x+1'],
    ['$$x+1$$', 'x+1'],
    ['\\[ x+1 \\]', 'x+1'],
    ['$$\\begin{aligned}\na &= b\n- c\n\\end{aligned}$$', '\\begin{aligned}\na &= b\n- c\n\\end{aligned}'],
  ])('%j', (source, tex) => {
    const blocks = parseMarkdown(`上文\n${source}\n下文`)
    expect(blocks.map(({ kind }) => kind)).toEqual(['paragraph', 'math', 'paragraph'])
    expect(blocks[1]).toMatchObject({ tex, closed: true })
  })

  it('stand in list items and quotations', () => {
    const blocks = parseMarkdown('1. 因为\n   $$\n   x\n   $$\n\n> $$\n> y\n> $$')
    expect(blocks.flatMap((block) => (block.kind === 'math' ? [block.tex] : []))).toEqual(['x', 'y'])
  })

  it('end at a blank line if nobody closes them', () => {
    const blocks = parseMarkdown('$$\nx\n\n正文')
    expect(blocks.map(({ kind }) => kind)).toEqual(['math', 'paragraph'])
  })
})
