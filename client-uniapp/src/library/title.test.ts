import { expect, it } from 'vitest'
import { shownTitle, titleOf } from './title'

it('shows a title that can be seen, and none that cannot', () => {
  expect(shownTitle('周末')).toBe('周末')
  expect(shownTitle('\u200b\ufeff')).toBe('')
})

it('takes whole characters of a long question', () => {
  const family = '👨‍👩‍👧‍👦'
  expect(titleOf(`\n${family.repeat(200)}`)).toBe(family.repeat(80))
})

it('finds no title in a question of invisible characters', () => {
  expect(titleOf('\u200b \u2060')).toBe('')
})
