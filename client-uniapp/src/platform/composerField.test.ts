// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it } from 'vitest'
import { clearField, writtenText } from './composerField'

function field(): HTMLTextAreaElement {
  const found = document.querySelector('textarea')
  if (!found) throw new Error('there is no field')
  return found
}

beforeEach(() => {
  document.body.innerHTML = '<div class="composer-field"><textarea></textarea></div>'
})
afterEach(() => void (document.body.innerHTML = ''))

it('knows what was typed before uni-app has told it', () => {
  field().value = 'half a word'
  expect(writtenText('half a')).toBe('half a word')
})

it('tells that it was emptied', () => {
  field().value = 'sent'
  const reported: string[] = []
  field().addEventListener('input', () => reported.push(field().value))
  clearField()
  expect(reported).toEqual([''])
})

it('believes what it was told where there is no such field', () => {
  document.body.innerHTML = ''
  clearField()
  expect(writtenText('reported')).toBe('reported')
})
