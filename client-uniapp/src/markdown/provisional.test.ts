import { describe, expect, it } from 'vitest'

import { provisionalLine } from './provisional'
import { MarkdownStream } from './stream'

describe('an unfinished line', () => {
  it.each([
    ['前 **重', '前 **重**'],
    ['前 **重点：*', '前 **重点：**'],
    ['前 **', '前'],
    ['前 `co', '前 `co`'],
    ['前 `a**b', '前 `a**b`'],
    ['`a**b` 后', '`a**b` 后'],
    ['见 [文档](https://exa', '见 文档'],
    ['见 ![图](https', '见 图'],
    ['**完** 后', '**完** 后'],
    ['a * b', 'a * b'],
  ])('%s looks like %s', (line, likely) => {
    expect(provisionalLine(line)).toBe(likely)
  })

  it('never shows a star of bold text on its way', () => {
    const stream = new MarkdownStream()
    const seen: string[] = []
    for (const letter of '- **注意：**请看 **`代码`** 与[链接](https://a.cn)') {
      stream.append(letter)
      seen.push(JSON.stringify(stream.blocks))
    }
    expect(seen.join()).not.toMatch(/\*|"text":"[^"]*(?:\(|https)/)
    expect(seen[seen.length - 1]).toContain('"href":"https://a.cn"')
  })

  it('is left alone in code', () => {
    const stream = new MarkdownStream()
    stream.append('```c\nint **p')
    expect(stream.blocks[0]).toMatchObject({ text: 'int **p' })
  })
})
