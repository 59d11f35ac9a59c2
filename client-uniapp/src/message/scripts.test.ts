import { expect, it } from 'vitest'
import { plainText } from './plain'
import { sentencesOf } from './speakable'

it.each([
  ['H<sub>2</sub>O', 'H₂O'],
  ['10<sup>-3</sup> m<sup>2</sup>', '10⁻³ m²'],
  ['x<sub>max</sub> 1<sup>st</sup>', 'xmax 1st'],
  ['<kbd>Ctrl</kbd>+<kbd>C</kbd>', 'Ctrl+C'],
  ['<details>\n<summary>答案</summary>\n\n四十二\n</details>\n\n完', '答案\n\n四十二\n\n完'],
])('%j is plain text without its tags', (markdown, plain) => {
  expect(plainText(markdown)).toBe(plain)
})

it('what is folded is read aloud, and its tags are not', () => {
  const markdown = '<details>\n<summary>答案</summary>\n\nx<sup>2</sup>\n</details>'
  const said = sentencesOf(markdown, { code: '', formula: '', picture: '' })
  expect(said.map(({ text }) => text)).toEqual(['答案', 'x²'])
})
