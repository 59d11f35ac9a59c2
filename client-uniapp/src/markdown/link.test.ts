import { describe, expect, it } from 'vitest'

import { pictureHost, safeLink } from './link'
import { runsOf } from './plain.fixture'
import { parseMarkdown } from './stream'

function links(source: string): string[] {
  return runsOf(source).flatMap((run) => (run.kind === 'link' ? [run.href] : []))
}

describe('safeLink', () => {
  it.each(['https://a.cn/b?c#d', 'HTTP://a.cn', 'mailto:a@b.cn', 'tel:+8610'])('lets %s pass', (href) => {
    expect(safeLink(href)).toBe(href)
  })

  it.each(['javascript:alert(1)', 'data:text/html,x', '/path', '#anchor', 'ftp://a', '//a.cn', 'https:', ''])(
    'refuses %j',
    (href) => expect(safeLink(href)).toBeNull(),
  )
})

describe('pictureHost', () => {
  it('names the host alone', () => {
    expect(pictureHost('https://user:pass@example.com:8080/a.png?q=1')).toBe('example.com')
  })

  it.each(['data:image/png;base64,AA', 'file:///etc/passwd', 'a.png'])('refuses %s', (url) => {
    expect(pictureHost(url)).toBeNull()
  })
})

describe('bare addresses', () => {
  it('end where Chinese begins', () => {
    expect(links('见 https://example.com/a?b=1，然后 https://b.cn。')).toEqual([
      'https://example.com/a?b=1',
      'https://b.cn',
    ])
  })

  it('lose no text when nothing is left of them', () => {
    expect(runsOf('https://中文')).toMatchObject([{ kind: 'text', text: 'https://中文' }])
  })
})

describe('Han in bare addresses (M6)', () => {
  it.each([
    ['https://zh.wikipedia.org/wiki/深度学习', 'https://zh.wikipedia.org/wiki/深度学习'],
    ['见 https://zh.wikipedia.org/wiki/深度学习。后面', 'https://zh.wikipedia.org/wiki/深度学习'],
    ['（https://a.cn/路径/文件_2.html）', 'https://a.cn/路径/文件_2.html'],
    ['「https://a.cn/s?q=深度学习&lang=zh」', 'https://a.cn/s?q=深度学习&lang=zh'],
    ['《https://a.cn/#章节》', 'https://a.cn/#章节'],
    ['**https://a.cn/wiki/苹果_(公司)**是', 'https://a.cn/wiki/苹果_(公司)'],
    ['https://a.cn/wiki/列奥纳多·达·芬奇，他', 'https://a.cn/wiki/列奥纳多·达·芬奇'],
    ['www.a.cn/下载 后', 'http://www.a.cn/下载'],
    ['https://ja.wikipedia.org/wiki/ひらがな、', 'https://ja.wikipedia.org/wiki/ひらがな'],
  ])('belongs to them where it begins a part: %s', (source, href) => {
    expect(links(source)).toEqual([href])
  })

  it.each([
    ['https://a.cn查看', 'https://a.cn'],
    ['https://a.cn/doc查看', 'https://a.cn/doc'],
    ['https://a.cn/，请', 'https://a.cn/'],
  ])('ends them elsewhere: %s', (source, href) => {
    expect(links(source)).toEqual([href])
  })
})

describe('Han behind other letters in a bare address', () => {
  it.each([
    ['见https://zh.wikipedia.org/wiki/C语言。', 'https://zh.wikipedia.org/wiki/C语言'],
    ['https://baike.baidu.com/item/Java程序设计/123，', 'https://baike.baidu.com/item/Java程序设计/123'],
    ['https://www.baidu.com/s?wd=C语言教程 看看', 'https://www.baidu.com/s?wd=C语言教程'],
    ['https://a.cn/s?id=5查看', 'https://a.cn/s?id=5'],
    ['https://a.cn/wiki/查看', 'https://a.cn/wiki/查看'],
  ])('belongs to a title or a search alone: %s', (source, href) => {
    expect(links(source)).toEqual([href])
  })
})

describe('spaces in addresses (M6)', () => {
  it.each([
    ['[下载](<https://example.com/my file.pdf>)', 'https://example.com/my%20file.pdf'],
    ['[下载](https://example.com/my file (1).pdf)', 'https://example.com/my%20file%20(1).pdf'],
    ['[下载](https://example.com/my file.pdf "标题") 后', 'https://example.com/my%20file.pdf'],
    ['[搜](https://example.com/?q=a b c)', 'https://example.com/?q=a%20b%20c'],
    ['[信](<mailto:a@b.cn?subject=你好 世界>)', 'mailto:a@b.cn?subject=你好%20世界'],
    ['[r]\n\n[r]: <https://a.cn/b c>', 'https://a.cn/b%20c'],
  ])('are encoded: %j', (source, href) => {
    expect(links(source)).toEqual([href])
  })

  it('are encoded in pictures', () => {
    const [block] = parseMarkdown('![图](<https://a.cn/my cat.png>)')
    expect(block).toMatchObject({ image: { url: 'https://a.cn/my%20cat.png', host: 'a.cn' } })
  })

  it.each([
    '[x](<java script:alert(1)>)',
    '[x](javascript:alert(1) b)',
    '[x](<https://ex ample.com>)',
    '[x](/my uri)',
    '[x](<data:text/html,a b>)',
  ])('make no unsafe address safe: %s', (source) => {
    expect(links(source)).toEqual([])
  })
})
