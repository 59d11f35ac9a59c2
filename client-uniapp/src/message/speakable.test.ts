import { describe, expect, it } from 'vitest'
import { sentencesOf } from './speakable'

const stand = { code: '一段代码', formula: '公式', picture: '图片' }
const said = (markdown: string) => sentencesOf(markdown, stand).map(({ text }) => text)

describe('what is said', () => {
  it.each([
    ['sentence by sentence', '你好。今天怎么样？很好', ['你好。', '今天怎么样？', '很好']],
    ['in English too', 'It is 3.5 km. Go on!', ['It is 3.5 km.', 'Go on!']],
    ['without marks', '**注意：**看 `x` 和 [这里](https://a.b)', ['注意：看 x 和 这里']],
    ['code by a word for it', '看：\n\n```py\nx = 1\n```', ['看：', '一段代码']],
    ['formulas by a word for it', '能量 $E=mc^2$ 守恒', ['能量 公式 守恒']],
    ['lists with their numbers', '1. 起床\n2. 吃饭', ['1, 起床', '2, 吃饭']],
    ['tables row by row', '| a | b |\n|-|-|\n| 1 | 2 |', ['a，b', '1，2']],
    ['without little pictures', '好的 👍🏽！', ['好的 ！']],
    ['nothing of lines and raw HTML', '---\n\n<hr>\n', []],
  ])('%s', (_name, markdown, sentences) => {
    expect(said(markdown)).toEqual(sentences)
  })

  it('is never longer than a browser says in one go, and all of it', () => {
    const text = `${'很长的话，'.repeat(60)}${'长'.repeat(300)}`
    const parts = said(text)
    expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(120)
    expect(parts.join('')).toBe(text)
  })

  it('is said by a voice of its language', () => {
    expect(sentencesOf('Hello. 你好。', stand).map(({ language }) => language)).toEqual(['en', 'zh'])
  })
})
