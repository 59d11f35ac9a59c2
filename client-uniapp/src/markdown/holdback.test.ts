import { describe, expect, it } from 'vitest'

import { shownLength } from './holdback'

function shown(source: string): string {
  return source.slice(0, shownLength(source))
}

describe('what an unfinished text shows', () => {
  it.each(['正文\n-', '正文\n===', '正文\n1.', '正文\n##', '正文\n> ', '正文\n```', '正文\n- [', '正文\n$$'])(
    'holds back markup that is undecided: %j',
    (source) => expect(shown(source)).toBe('正文'),
  )

  it.each(['正文\n- a', '正文 **', '正文\n---\n', 'a - b', '```\ncode', ''])('shows %j whole', (source) => {
    expect(shown(source)).toBe(source)
  })

  it.each(['正文\n| a | b', '正文\n| a | b |\n', '正文\n| a | b |\n|--', '正文\n| a | b |\n|---|---|'])(
    'holds back a header until its table is sure: %j',
    (source) => expect(shown(source).trim()).toBe('正文'),
  )

  it.each(['| a |\n|---|\n', '| a |\n|---|\n| 1', '| a |\nno table'])('shows %j whole', (source) => {
    expect(shown(source)).toBe(source)
  })
})
