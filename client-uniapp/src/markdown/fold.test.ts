import { describe, expect, it } from 'vitest'

import { MarkdownStream, parseMarkdown } from './stream'

function outline(source: string): string[] {
  return parseMarkdown(source).map((block) => {
    const text = 'runs' in block ? block.runs.map((run) => ('text' in run ? run.text : '')).join('') : block.kind
    return [...(block.folds ?? []), block.kind === 'fold' ? `[${text}]` : text].join(' ')
  })
}

const NESTED = `<details>
<summary>点**开**看</summary>

- 一
- 二

\`\`\`html
</details>
\`\`\`

<details><summary>里面</summary>深</details>

末
</details>

之后`

describe('details and summary (M8)', () => {
  it('fold the Markdown between them', () => {
    expect(outline(NESTED)).toEqual([
      '[点开看]', '0 一', '0 二', '0 code', '0 [里面]', '0 4 深', '0 foldEnd', '0 末', 'foldEnd', '之后',
    ])
  })

  it.each([
    ['<details><summary>A</summary>内容</details>后', ['[A]', '0 内容', 'foldEnd', '后']],
    ['说明：<details><summary>A</summary>内容</details>', ['说明：', '[A]', '1 内容', 'foldEnd']],
    ['<details>\n无摘要\n</details>', ['[]', '0 无摘要', 'foldEnd']],
    ['<DETAILS class="x">\n\n<summary>\nA\n</summary>\n\nb\n\n</DETAILS>', ['[A]', '0 b', 'foldEnd']],
    ['- <details>\n  <summary>a</summary>\n\n  内容\n  </details>\n- b', ['[a]', '0 内容', 'foldEnd', 'b']],
    ['> <details>\n> <summary>a</summary>\n>\n> 没关\n\n后', ['[a]', '0 没关', '后']],
    ['<details><summary>a</summary>\n\n没关', ['[a]', '0 没关']],
  ])('%j', (source, expected) => {
    expect(outline(source)).toEqual(expected)
  })

  it.each([
    ['用 `<details>` 与 `</details>`', ['用 <details> 与 </details>']],
    ['多出来的</details>', ['多出来的', 'html']],
    ['<summary>单独</summary>', ['html']],
  ])('in code or without partner are text: %s', (source, expected) => {
    expect(outline(source)).toEqual(expected)
  })

  it('are open where the author wants them so', () => {
    expect(parseMarkdown('<details open>\n\na')[0]).toMatchObject({ kind: 'fold', isOpen: true })
    expect(parseMarkdown('<details>\n\na')[0]).toMatchObject({ kind: 'fold', isOpen: false })
  })

  it.each([1, 2, 5, 30])('are the same in pieces of %i, and never text', (size) => {
    const stream = new MarkdownStream()
    for (let at = 0; at < NESTED.length; at += size) {
      stream.append(NESTED.slice(at, at + size))
      expect(JSON.stringify(stream.blocks.filter(({ kind }) => kind !== 'code'))).not.toContain('<')
    }
    stream.finish()
    expect(stream.blocks).toEqual(parseMarkdown(NESTED))
  })
})
