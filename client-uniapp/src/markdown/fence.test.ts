import { describe, expect, it } from 'vitest'

import type { Block } from './blocks'
import { MarkdownStream, parseMarkdown } from './stream'

const README = `# 项目

\`\`\`bash
npm install
\`\`\`

## 结构

\`\`\`
src/
└── main.ts
\`\`\`

用法：
\`\`\`js
run()
\`\`\``

function shown(blocks: readonly Block[]) {
  return blocks.map((block) => (block.kind === 'code' ? block.text : block.kind))
}

function inFence(fence: string, language: string): string {
  return `给你：\n\n${fence}${language}\n${README}\n${fence}\n\n以上是全部。`
}

describe('a fence of Markdown that holds fences (M2)', () => {
  it.each([
    ['```', 'markdown'],
    ['```', 'md'],
    ['```', 'MDX'],
    ['``` ', 'markdown title="README.md"'],
    ['````', 'markdown'],
    ['~~~', 'markdown'],
  ])('%s%s ends at its own closing', (fence, language) => {
    const source = `给你：\n\n${fence}${language}\n${README}\n${fence}\n\n以上是全部。`
    expect(shown(parseMarkdown(source))).toEqual(['paragraph', README, 'paragraph'])
  })

  it('does so in items and quotations', () => {
    const lines = `\`\`\`md\n${README}\n\`\`\``.split('\n')
    const item = `1. 如下：\n\n${lines.map((line) => `   ${line}`).join('\n')}\n\n2. 二`
    const quotation = lines.map((line) => `> ${line}`).join('\n')
    expect(shown(parseMarkdown(item))).toEqual(['paragraph', README, 'paragraph'])
    expect(shown(parseMarkdown(`${quotation}\n\n完`))).toEqual([README, 'paragraph'])
  })

  it.each([
    ['a block in a block', '```', '```md\n```js\nx\n```\n```'],
    ['a fence of the other kind', '```', '~~~bash\n```\n~~~'],
    ['an indented one', '```', '1. 安装\n   ```\n   npm i\n   ```'],
    ['one below a heading', '```', '## 结构\n```\nsrc/\n```'],
    ['shorter ones in a longer one', '````', '```\na\n```\n```py\nb\n```'],
    ['longer ones', '```', '````js\n```\n````'],
  ])('counts %s', (_name, fence, inner) => {
    const [code, end] = parseMarkdown(`${fence}markdown\n${inner}\n文\n${fence}\n\n完`)
    expect(code).toMatchObject({ kind: 'code', text: `${inner}\n文`, closed: true })
    expect(end).toMatchObject({ kind: 'paragraph' })
  })

  it('leaves other languages to CommonMark', () => {
    expect(shown(parseMarkdown('```text\n```bash\nx\n```\n完'))).toEqual(['```bash\nx', 'paragraph'])
  })

  it.each([1, 2, 3, 7, 20])('is the same when it comes in pieces of %i', (size) => {
    const source = inFence('```', 'markdown')
    const stream = new MarkdownStream()
    for (let at = 0; at < source.length; at += size) {
      stream.append(source.slice(at, at + size))
      expect(shown(stream.blocks).slice(2).join()).toMatch(/^(paragraph)?$/)
    }
    stream.finish()
    expect(stream.blocks).toEqual(parseMarkdown(source))
  })

  it('stays open until its own closing has come', () => {
    const stream = new MarkdownStream()
    stream.append('```markdown\n```bash\nx\n```\n## 二\n')
    expect(stream.blocks[0]).toMatchObject({ kind: 'code', closed: false })
    stream.append('```\n')
    expect(stream.blocks[0]).toMatchObject({ kind: 'code', closed: true })
  })
})
