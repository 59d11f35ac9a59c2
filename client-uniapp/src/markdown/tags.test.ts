import { describe, expect, it } from 'vitest'

import type { Marks } from './blocks'
import { markedTexts, runsOf } from './plain.fixture'
import { MarkdownStream, parseMarkdown } from './stream'

describe('harmless tags (M8)', () => {
  it.each([
    ['H<sub>2</sub>O', 'sub', ['2']],
    ['x<sup>2</sup>', 'sup', ['2']],
    ['按 <kbd>Ctrl</kbd><kbd>C</kbd>', 'kbd', ['Ctrl', 'C']],
    ['<mark>重点</mark>', 'highlight', ['重点']],
    ['<u>下划线</u>', 'underline', ['下划线']],
    ['<b>粗</b><STRONG>粗</STRONG>', 'strong', ['粗粗']],
    ['<i>斜</i> <em>斜</em>', 'em', ['斜', '斜']],
    ['<s>删</s> <del>删</del>', 'del', ['删', '删']],
    ['<small>小</small>', 'small', ['小']],
    ['<sub class="x" onclick=alert(1)>2</sub>', 'sub', ['2']],
    ['<b>一 <i>二</b> 三</i>', 'strong', ['一 ', '二']],
    ['<mark>\n**重点**\n</mark>', 'highlight', ['重点']],
    ['**H<sub>2</sub>O**', 'strong', ['H', '2', 'O']],
  ] as const)('%s', (source, mark, texts) => {
    const found = runsOf(source).flatMap((run) => ('text' in run && run.marks[mark as keyof Marks] ? [run.text] : []))
    expect(found).toEqual(texts)
  })

  it('break lines in text and in tables', () => {
    expect(runsOf('a<br>b<BR/>c<br />d</br>e').map(({ kind }) => kind)).toEqual(
      Array.from({ length: 9 }, (_, at) => (at % 2 === 0 ? 'text' : 'break')),
    )
    const [table] = parseMarkdown('| a |\n|---|\n| x<br>H<sub>2</sub> |')
    expect(table).toMatchObject({ rows: [[[{ text: 'x' }, { kind: 'break' }, { text: 'H' }, { marks: { sub: true } }]]] })
    expect(parseMarkdown('a\n\n<br>\n\nb')).toHaveLength(2)
  })

  it.each([
    '<span style="color:red">x</span>',
    '见 <a href="https://a.cn">',
    '<sub>没有关',
    '没有开</sub>',
    '图 <img src=x onerror=alert(1)>',
    '<blink>x</blink>',
  ])('of other kinds and without partner stay text: %s', (source) => {
    expect(runsOf(source).map((run) => ('text' in run ? run.text : '')).join('')).toBe(source)
  })

  it('are never seen as tags while they come', () => {
    const stream = new MarkdownStream()
    const seen: string[] = []
    for (const letter of '- 水是 H<sub>2</sub>O，\n  **按** <kbd>Ctrl</kbd> 与 <mark>一\n  二</mark>') {
      stream.append(letter)
      seen.push(JSON.stringify(stream.blocks))
    }
    expect(seen.filter((shown) => shown.includes('<'))).toEqual([])
  })

  it('in code are code', () => {
    expect(markedTexts('写 `<sub>2</sub>`', 'code')).toEqual(['<sub>2</sub>'])
  })
})
