import { describe, expect, it } from 'vitest'

import { pictureHost, safeLink } from './link'
import { runsOf } from './plain.fixture'

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
