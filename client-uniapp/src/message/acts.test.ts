import { describe, expect, it } from 'vitest'
import type { Answer, Question } from '../protocol/conversation'
import { pendingAnswer } from '../protocol/turns'
import type { Circumstances } from './acts'
import { actsOf } from './acts'

const calm: Circumstances = {
  isRunning: false,
  isLast: true,
  isPart: false,
  readTrouble: null,
  pictureTrouble: null,
}
const question: Question = { role: 'user', key: 'k', id: 'q', content: '问', branches: null }
const answer: Answer = {
  ...pendingAnswer({ key: 'k', model: null }),
  id: 'a',
  content: '答',
  status: 'completed',
}

const names = (message: Question | Answer, change: Partial<Circumstances> = {}) =>
  actsOf(message, { ...calm, ...change }).map(({ name }) => name)

describe('the menu', () => {
  it('of a question offers to ask it in other words, unless an answer is being written', () => {
    expect(names(question)).toContain('edit')
    expect(names(question, { isRunning: true })).not.toContain('edit')
  })

  it('of the last answer alone offers another one', () => {
    expect(names(answer)).toContain('regenerate')
    expect(names(answer, { isLast: false })).not.toContain('regenerate')
    expect(names({ ...answer, status: 'failed' })).not.toContain('regenerate')
  })

  it('of an answer being written offers what is there', () => {
    const writing = { ...answer, status: 'streaming' as const }
    expect(names(writing, { isRunning: true })).toEqual([
      'copyText',
      'copyMarkdown',
      'select',
      'quote',
    ])
  })

  it('of an answer without text tells how it ended', () => {
    expect(names({ ...answer, content: '' })).toEqual(['regenerate', 'figures'])
  })

  it('begins with the part that is selected', () => {
    expect(names(answer, { isPart: true }).slice(0, 2)).toEqual(['copyPart', 'quotePart'])
  })

  it('says why this device cannot do something', () => {
    const acts = actsOf(answer, { ...calm, readTrouble: 'no.voice' })
    expect(acts.filter(({ why }) => why).map(({ name, why }) => [name, why])).toEqual([
      ['read', 'no.voice'],
    ])
  })
})
