import { describe, expect, it } from 'vitest'

import { isRightToLeft } from './direction'
import { MarkdownStream, parseMarkdown } from './stream'

function directions(source: string): boolean[] {
  return parseMarkdown(source).map(({ rtl }) => rtl === true)
}

describe('the direction of a block (M7)', () => {
  it.each([
    ['مرحبا بالعالم', [true]],
    ['שלום עולם', [true]],
    ['سلام دنیا، Python', [true]],
    ['# عنوان\n\nنص', [true, true]],
    ['- عنصر\n- שלום\n1. اول', [true, true, true]],
    ['> اقتباس', [true]],
    ['| اسم | قيمة |\n|---|---|\n| a | b |', [true]],
    ['123. «مرحبا» 5', [true]],
    ['**`code`** ثم $x$', [true]],
    ['<b>مرحبا</b> hello', [true]],
    ['Hello مرحبا', [false]],
    ['中文 مرحبا', [false]],
    ['123 + 456', [false]],
    ['hello\n\nمرحبا', [false, true]],
  ])('%j is told by its first strong character', (source, expected) => {
    expect(directions(source)).toEqual(expected)
  })

  it('holds for the code and the formulas in an item, whose place it is', () => {
    expect(directions('1. خطوة\n\n   ```py\n   x\n   ```\n\n   $$\n   x\n   $$')).toEqual([true, true, true])
    expect(directions('خطوة\n\n```py\nx\n```')).toEqual([true, false])
  })

  it('is the same when it comes letter by letter', () => {
    const source = 'مرحبا **بك**\n\n- واحد\n- two\n\n| ا |\n|---|\n| 1 |\n'
    const stream = new MarkdownStream()
    for (const letter of source) stream.append(letter)
    stream.finish()
    expect(stream.blocks).toEqual(parseMarkdown(source))
  })

  it.each([['', null], ['12 :', null], ['א', true], ['a', false], ['\u200Fa', true]])('%j', (text, expected) => {
    expect(isRightToLeft(text)).toBe(expected)
  })
})
