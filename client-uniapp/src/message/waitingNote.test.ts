import { describe, expect, it } from 'vitest'
import type { Answer, Queue } from '../protocol/conversation'
import { emptyConversation, isAnswer } from '../protocol/conversation'
import type { Model } from '../protocol/frames'
import { testModel } from '../testing/model'
import { ask } from '../protocol/turns'
import { waitingNotes } from './waitingNote'

const asked = ask(emptyConversation(), { key: 'm1', content: 'hi', model: null })
const sending = asked.messages.filter(isAnswer)[0] as Answer
const queued = (queue: Queue): Answer => ({ ...sending, status: 'queued', queue })
const model = testModel({ name: 'M', state: 'loading', builtin: true, progress: 0.456 })
const keys = (answer: Answer, of: Model | null = model, isOnline = true) =>
  waitingNotes(answer, of, isOnline).map(({ key }) => key)

describe('waiting notes', () => {
  it('tell a lost connection from a slow one', () => {
    expect(keys(sending)).toEqual(['answer.sending'])
    expect(keys(sending, model, false)).toEqual(['answer.waitingOffline'])
    expect(keys({ ...sending, status: 'waiting' })).toEqual(['answer.waiting'])
  })

  it('tell the place in the queue and the time', () => {
    const answer = queued({ position: 3, etaSeconds: 7.6, waitingFor: 'slot' })
    expect(waitingNotes(answer, model, true)).toEqual([
      { key: 'answer.queued', values: { count: 2 } },
      { key: 'answer.eta', values: { seconds: 8 } },
    ])
    expect(keys(queued({ position: 1, etaSeconds: null, waitingFor: 'slot' }))).toEqual([
      'answer.next',
    ])
  })

  it('tell that a message goes after the answer before it', () => {
    expect(keys(queued({ position: 1, etaSeconds: null, waitingFor: 'answer' }))).toEqual([
      'answer.afterAnswer',
    ])
  })

  it('tell whose answers have to end before there is memory', () => {
    const answer = queued({ position: 1, etaSeconds: null, waitingFor: 'memory', model: 'a' })
    expect(waitingNotes(answer, model, true, 'Qwen3 4B')).toEqual([
      { key: 'answer.afterModel', values: { name: 'Qwen3 4B' } },
    ])
    expect(keys(answer)).toEqual(['answer.forMemory'])
  })

  it('tell how far the model is', () => {
    const answer = queued({ position: 1, etaSeconds: null, waitingFor: 'model' })
    expect(waitingNotes(answer, model, true)).toEqual([
      { key: 'answer.loadingModel', values: { percent: '46%' } },
    ])
    expect(keys(answer, { ...model, state: 'fetching' })).toEqual(['answer.fetchingModel'])
  })
})
