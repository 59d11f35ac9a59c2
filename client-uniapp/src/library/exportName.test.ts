import { expect, it } from 'vitest'
import { dayName, exportName } from './exportName'

it.each([
  ['周末爬山', '周末爬山.md'],
  ['a/b\\c: "d" <e>|f?*', 'a b c d e f.md'],
  ['  ...hidden. ', 'hidden.md'],
  ['one\n\ttwo', 'one two.md'],
  ['cod\u202egnp.exe', 'cod gnp.exe.md'],
  ['', 'MyLLM.md'],
  ['\u200b', 'MyLLM.md'],
])('makes a file’s name of %j', (title, name) => {
  expect(exportName(title, 'MyLLM', 'md')).toBe(name)
})

it('shortens a long title between characters', () => {
  expect(exportName('😀'.repeat(80), 'MyLLM', 'json')).toBe(`${'😀'.repeat(60)}.json`)
})

it('names a day in the order that sorts', () => {
  expect(dayName(new Date(2026, 0, 2, 23, 59))).toBe('2026-01-02')
})
