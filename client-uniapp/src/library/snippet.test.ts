import { expect, it } from 'vitest'
import { snippetParts } from './snippet'

const marked = (text: string, marks: [number, number][], more = false) =>
  snippetParts({ text, marks, before: more, after: more })
    .map((part) => (part.isMarked ? `[${part.text}]` : part.text))
    .join('')

it('marks every word found', () => {
  expect(marked('周末去爬山，爬山真好', [[3, 5], [6, 8]])).toBe('周末去[爬山]，[爬山]真好')
})

it('counts an emoji as one character', () => {
  expect(marked('😀 hike', [[2, 6]])).toBe('😀 [hike]')
})

it('stays on one line', () => {
  expect(marked('a\n\nb c', [[3, 4]])).toBe('a  [b] c')
})

it('says where the text goes on', () => {
  expect(marked('hike', [], true)).toBe('…hike…')
})
