/** A small generator of Markdown for property tests: seeded, so that a failure can be repeated. */
export type Random = () => number

/** Numbers in [0, 1), the same for the same seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function pick<T>(random: Random, choices: readonly [T, ...T[]]): T {
  return choices[Math.floor(random() * choices.length)] ?? choices[0]
}

const INLINE = [
  '**注意：**请看', '他说**“你好”**。', '*斜体*', '~~删除~~', '`a * b`', '$x^2$', '\\(a_i\\)', '$5 and $6',
  '[链接](https://example.com)', '![图](https://example.com/a.png)', 'https://a.cn，后面', '<b>x</b>',
  '&lt;', '\\*', '**', '`', '[', '$', '_a_', '!', '|', '\\[y\\]', '***x***', ':', '1.', '- ', '#', '注[^1]', '[^2]',
  '20~25', '~', '~~', 'https://a.cn/深度', '[下载](https://a.cn/my file)', '`a|b`', '$|x|$', '| `c', '$$',
  '\\begin{cases}a\\end{cases}', '\\begin{align}', '\\[',
  'H<sub>2</sub>', '<b>', '</b>', '<kbd>', '<br>', '<details>', '</details>', '<summary>s</summary>', 'مرحبا', 'שלום',
] as const

const LINES = [
  '', '', '', '# 标题', '### Heading', '- 项', '- item', '  - nested', '    deep', '* 星', '+ plus',
  '1. 一', '2. 二', '10) ten', '   缩进', '> 引用', '> > 内层', '>', '```python', '```', '~~~', '---',
  '***', '===', '| a | b |', '|---|:-:|', '| 1 | 2 |', 'a | b', '- [ ] todo', '- [x] done', '$$',
  '\\[', '\\]', '$$x$$', '$$\\begin{aligned}', '\\end{aligned}$$', '<div>', '</div>', '-', '*', '1.',
  '\tcode', '      indented', '  ', '<!-- c -->', '```` x', '  ```', '   ```js', '- ```', '  ```',
  '\\[ x \\]', '-\t', '=', '+', '#', '##x', '5) x', '0. zero', '<details>', '- - -', '* * *',
  '[^1]: 脚注', '[^2]:', '    [^3]: deep', '[^1', '```markdown', '~~~md', '````mdx', '   ```md', '```bash',
  '3. 三', '7. 七', '| `a|b` | $|x|$ |', '| 1 | 2 | 3 |', '$$ a = b', 'a = b $$', 'x = 1', '\\frac{a}{b}',
  '\\begin{align}', '\\end{align}', '公式：$$', '所以答案是。', '   $$',
  '<details><summary>摘要</summary>', '</details>', '  </details>', '<summary>', '<br>', '<mark>', 'عنصر', '- عنصر',
] as const

function line(random: Random, number: number): string {
  const start = random() < 0.6 ? pick(random, LINES) : ''
  const words = random() < 0.7 ? [`w${number}w`, pick(random, INLINE)] : []
  return [start, ...words, random() < 0.2 ? pick(random, INLINE) : ''].join(random() < 0.5 ? ' ' : '')
}

/** A text of `lines` lines in which every construct may meet every other; words are `w1w`, …. */
export function randomMarkdown(random: Random, lines: number): string {
  return Array.from({ length: lines }, (_, number) => line(random, number)).join('\n')
}

/** `text` in pieces of 1 to `longest` characters. */
export function randomCuts(random: Random, text: string, longest: number): string[] {
  const pieces: string[] = []
  for (let at = 0; at < text.length; at += pieces[pieces.length - 1]?.length ?? 1) {
    pieces.push(text.slice(at, at + 1 + Math.floor(random() * longest)))
  }
  return pieces
}
