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
