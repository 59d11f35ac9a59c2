/** Why an example of CommonMark's specification is shown otherwise here, and which ones are. */
export interface Exception {
  readonly zh: string
  readonly en: string
  readonly examples: readonly number[]
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    zh: '段落里的原始 HTML 按原文显示，不会被执行',
    en: 'raw HTML inside text is shown as it was written and never interpreted',
    examples: [21, 31, 344, 475, 476, 477, 642, 643],
  },
  {
    zh: '裸网址和邮箱是链接（GFM）',
    en: 'bare addresses are links, as in GFM',
    examples: [602, 608, 611, 612],
  },
  {
    zh: '`\\[…\\]` 是公式',
    en: '`\\[…\\]` is a formula',
    examples: [12],
  },
  {
    zh: '只认识 HTML 4 的字符名，不认识 HTML 5 的两千多个',
    en: 'character names of HTML 4 are known, the two thousand of HTML 5 are not',
    examples: [25],
  },
  {
    zh: '行首行尾的空白总是去掉，写成 `&#9;` 也一样',
    en: "white space at a line's ends is dropped even where it is written as `&#9;`",
    examples: [40],
  },
]
