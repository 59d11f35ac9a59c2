import { expect, it } from 'vitest'
import type { Answer } from '../protocol/conversation'
import { pendingAnswer } from '../protocol/turns'
import type { Knowledge } from './silenceNote'
import { silenceNote } from './silenceNote'

const answer = (change: Partial<Answer>): Answer => ({
  ...pendingAnswer({ key: 'k', model: 'm' }),
  run: 'r',
  status: 'streaming',
  ...change,
})
const long: Knowledge = { silence: 'long', isOnline: true, isHeard: true, tokens: 2_000 }

it.each<[string, Partial<Answer>, Partial<Knowledge>, string | undefined]>([
  ['nothing while text comes', { content: 'x' }, { silence: 'none' }, undefined],
  ['nothing of a short silence', { content: 'x' }, { silence: 'short' }, undefined],
  ['at once that the connection is lost', {}, { silence: 'short', isOnline: false }, 'lost'],
  ['nothing until the server was heard', { content: 'x' }, { isHeard: false }, undefined],
  ['how much is read before the first word', {}, {}, 'reading'],
  ['no reading of what is short', {}, { tokens: 40 }, 'computing'],
  ['that it thinks', { reasoning: 'hm' }, {}, 'thinking'],
  ['that it goes on after its first words', { content: 'x', reasoning: 'hm' }, {}, 'computing'],
  ['whose response is waited for', { provider: 'DeepSeek' }, {}, 'provider'],
  ['nothing of what the model has not begun', { status: 'waiting' }, {}, undefined],
  ['nothing of what has not been accepted', { run: null }, {}, undefined],
])('tells %s', (_name, change, known, key) => {
  const note = silenceNote(answer(change), { ...long, ...known })
  expect(note?.key).toBe(key && `silence.${key}`)
})

it('names the tokens', () => {
  expect(silenceNote(answer({}), long)?.values).toEqual({ count: 2_000 })
})
