import { describe, expect, it } from 'vitest'
import { wholeJson, wholeText } from './wholeText'

describe('whole text', () => {
  it.each([
    ['half \ud83d end', 'half \ufffd end'],
    ['\ude00 end', '\ufffd end'],
    ['\ud83d', '\ufffd'],
    ['\ud83d\ud83d\ude00', '\ufffd😀'],
    ['\ude00\ud83d', '\ufffd\ufffd'],
    ['a\0b', 'a\ufffdb'],
    ['你好 😀👨‍👩‍👧', '你好 😀👨‍👩‍👧'],
  ])('of %j is %j', (text, whole) => {
    expect(wholeText(text)).toBe(whole)
    expect(wholeText(whole)).toBe(whole)
  })

  it('is in every text of the JSON, however deep', () => {
    const body = { title: '\ud83d', options: { stop: ['\udc00'] }, pinned: true, leaf: null }
    expect(JSON.parse(wholeJson(body))).toEqual({
      title: '\ufffd',
      options: { stop: ['\ufffd'] },
      pinned: true,
      leaf: null,
    })
  })
})
