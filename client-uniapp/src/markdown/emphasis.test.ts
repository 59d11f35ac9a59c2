import { describe, expect, it } from 'vitest'

import { markedTexts, runsOf } from './plain.fixture'
import { parseMarkdown } from './stream'

describe('bold beside Chinese', () => {
  it.each([
    ['**注意：**请先备份', '注意：'],
    ['他说**“你好”**。', '“你好”'],
    ['**第一步，**打开设置', '第一步，'],
    ['推荐阅读**《红楼梦》**这本书', '《红楼梦》'],
    ['**（可选）**安装插件', '（可选）'],
    ['价格是**100%**的', '100%'],
    ['请按**「确定」**继续', '「确定」'],
    ['**为什么？**因为如此', '为什么？'],
    ['**太好了！**我们继续', '太好了！'],
    ['**总结……**以上', '总结……'],
    ['**“RAG”**is short', '“RAG”'],
    ['使用**Python 3.12（最新）**运行', 'Python 3.12（最新）'],
    ['**1. 定义：**指的是', '1. 定义：'],
    ['结论是**a + b = "c"**吗', 'a + b = "c"'],
    ['**注：**English follows', '注：'],
  ])('%s', (source, bold) => {
    expect(markedTexts(source, 'strong')).toEqual([bold])
  })

  it('holds for italics and deletions too', () => {
    expect(markedTexts('*斜体，*后面', 'em')).toEqual(['斜体，'])
    expect(markedTexts('~~错误：~~请改', 'del')).toEqual(['错误：'])
  })

  it('keeps several pieces in one sentence apart', () => {
    expect(markedTexts('**中文**，**英文：**和**“日文”**。', 'strong')).toEqual(['中文', '英文：', '“日文”'])
  })
})

describe('what CommonMark leaves plain stays plain', () => {
  it.each(['** 空格**', 'a * b * c', 'snake_case_name', '变量_名_字', 'foo**"bar"**baz'])(
    '%s',
    (source) => expect(runsOf(source)).toEqual([{ kind: 'text', text: source, marks: {} }]),
  )

  it('emphasis inside words of Latin letters works as ever', () => {
    expect(markedTexts('un*frigging*believable **bold**er', 'em')).toEqual(['frigging'])
    expect(markedTexts('***both*** and **bold *nested* text**', 'em')).toEqual(['both', 'nested'])
  })
})

it('searches each block for itself: open stars in one cost the next nothing', () => {
  const blocks = parseMarkdown(`${'**a_ '.repeat(2_000)}\n\n**粗体**`)
  expect(blocks[1]).toMatchObject({ runs: [{ text: '粗体', marks: { strong: true } }] })
})

describe('a tilde as a range sign (M1)', () => {
  it.each([
    '适宜温度 20~25℃，湿度 40~60%，价格 500~1000 元',
    '~5~',
    '1~2 和 3~4',
    '~约~ ~5 ~6',
    'a ~~~b~~~',
    '1 ~ 2 ~ 3',
  ])('%s stays as it was written', (source) => {
    expect(runsOf(source)).toEqual([{ kind: 'text', text: source, marks: {} }])
  })

  it('holds in bold, in deletions, headings, items and cells', () => {
    expect(markedTexts('**20~25** 和 **30~35**', 'strong')).toEqual(['20~25', '30~35'])
    expect(markedTexts('~~500~800 元~~ 300~400 元', 'del')).toEqual(['500~800 元'])
    const blocks = parseMarkdown('# 1~2 和 3~4\n\n- 1~2 和 3~4\n\n| a |\n|---|\n| 1~2 和 3~4 |')
    expect(JSON.stringify(blocks)).not.toContain('"del"')
  })

  it('two of them delete', () => {
    expect(markedTexts('~~错~~ 对 ~~a b~~', 'del')).toEqual(['错', 'a b'])
  })
})
