import { beforeAll, describe, expect, it } from 'vitest'

import { katexNodes, loadKatex } from './katex_nodes'
import { formulas } from './plain.fixture'
import { MarkdownStream, parseMarkdown } from './stream'

function outline(source: string): string[] {
  return parseMarkdown(source).map((block) => (block.kind === 'math' ? block.tex : block.kind))
}

beforeAll(loadKatex)

describe('a formula runs to its delimiter (M4)', () => {
  it.each([
    ['$$\na = b\n\nc = d\n$$', 'a = b\n\nc = d'],
    ['\\[\n\nx\n\n\n\\]', 'x'],
    ['$$\n\n速度 = 路程 / 时间\n\n$$', '速度 = 路程 / 时间'],
    ['$$ a = b\n\n+ c $$', 'a = b\n\n+ c'],
    ['\\[ a = b\n \n- \\frac{c}{d} \\]', 'a = b\n \n- \\frac{c}{d}'],
    ['$$\nv = 1\n\n\\text{其中 v 是速度}\n$$', 'v = 1\n\n\\text{其中 v 是速度}'],
  ])('over blank lines: %j', (formula, tex) => {
    expect(outline(`上文\n\n${formula}\n\n下文。`)).toEqual(['paragraph', tex, 'paragraph'])
  })

  it('that may stand at the end of a line and before text', () => {
    expect(outline('公式：$$\na\n\nb\n$$，其中 a')).toEqual(['paragraph', 'a\n\nb', 'paragraph'])
    expect(outline('- 即 \\[\n  a\n\n  b\n  \\]\n- 二')).toEqual(['paragraph', 'a\n\nb', 'paragraph'])
  })

  it('in items and quotations', () => {
    expect(outline('1. 因为\n\n   $$\n   a\n\n   b\n   $$\n2. 二')).toEqual(['paragraph', 'a\n\nb', 'paragraph'])
    expect(outline('> \\[\n> a\n>\n> b\n> \\]')).toEqual(['a\n\nb'])
  })
})

describe('a formula that nobody closes (M4)', () => {
  it.each([
    ['$$\nx\n\n正文继续。\n\n$$y$$', ['x', 'paragraph', 'y']],
    ['$$\nx\n\nThen we have text.\n\n$$\ny\n$$', ['x', 'paragraph', 'y']],
    ['$$\nx = 1\n\ny = 2\n\n所以答案是三', ['x = 1\n\ny = 2', 'paragraph']],
    ['$$\nx\n# 标题\n正文', ['x', 'heading', 'paragraph']],
    ['\\[\nx\n\n- 第一项\n- 第二项', ['x', 'paragraph', 'paragraph']],
    ['\\begin{align}\nx\n\n```py\ny\n```', ['\\begin{align}\nx', 'code']],
    ['$$ 很贵\n\n真的', ['paragraph', 'paragraph']],
  ])('ends before text: %j', (source, expected) => {
    expect(outline(source)).toEqual(expected)
  })

  it('ends after many lines at the latest', () => {
    expect(outline(`$$\n${'x = 1\n\n'.repeat(300)}`).length).toBeGreaterThan(1)
  })
})

describe('environments without delimiters (M4)', () => {
  const bodies = { equation: 'E=mc^2', align: 'a&=b\\\\\n\nc&=d', gather: 'a\\\\b', cases: 'x&y\\\\z&w', pmatrix: '1&2' }
  const starred = Object.entries(bodies).flatMap(([name, body]) =>
    (/cases|matrix/.test(name) ? [name] : [name, `${name}*`]).map((full) => [full, body] as const),
  )

  it.each([...starred, ['eqnarray', 'a&=&b\\label{x}'], ['multline', 'a\\\\b']] as const)(
    '%s is a formula that can be set',
    (name, body) => {
      const tex = `\\begin{${name}}\n${body}\n\\end{${name}}`
      expect(outline(`即\n${tex}\n所以。`)).toEqual(['paragraph', tex, 'paragraph'])
      expect(katexNodes(tex, true)).not.toBeNull()
    },
  )

  it('stand in a line of text, too', () => {
    expect(formulas('令 \\begin{pmatrix}1\\\\2\\end{pmatrix} 为')).toEqual(['\\begin{pmatrix}1\\\\2\\end{pmatrix}'])
    expect(outline('f(x) = \\begin{cases} 1 \\\\\n 2 \\end{cases} 。')).toEqual(['paragraph'])
  })

  it('of LaTeX that are no formulas stay text', () => {
    expect(outline('\\begin{itemize}\n\\item a\n\\end{itemize}')).toEqual(['paragraph'])
  })
})

it('what is read of a formula does not depend on how it came', () => {
  const source = '设\n\n$$\na = b\n\nc = d\n$$\n\n\\begin{align}\na\n\nb\n\\end{align}\n\n$$\nx\n\n正文。\n\n后'
  const stream = new MarkdownStream()
  for (const letter of source) stream.append(letter)
  stream.finish()
  expect(stream.blocks).toEqual(parseMarkdown(source))
})
