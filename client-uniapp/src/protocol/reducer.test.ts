import { describe, expect, it } from 'vitest'
import type { Answer, Conversation } from './conversation'
import { droppedFirst, emptyConversation, isAnswer } from './conversation'
import type { ServerFrame } from './frames'
import { accepted, end, error, snapshot, start, stream } from '../testing/frames'
import { receive } from './reducer'
import { answerAgain, ask, askInstead, requestStop } from './turns'

const acceptance = accepted('m1')

const asked = () => ask(emptyConversation(), { key: 'm1', content: 'hi', model: 'scripted' })
const after = (...frames: ServerFrame[]): Conversation =>
  frames.reduce((conversation, frame) => receive(conversation, frame), asked())
function answerOf(conversation: Conversation): Answer {
  const answer = conversation.messages.filter(isAnswer).pop()
  if (!answer) throw new Error('no answer')
  return answer
}

describe('accepted', () => {
  it('names the conversation, both messages and the run', () => {
    const conversation = after(acceptance)
    expect(conversation.id).toBe('c1')
    expect(conversation.messages.map(({ id }) => id)).toEqual(['u1', 'a1'])
    expect(answerOf(conversation)).toMatchObject({ run: 'r1', status: 'waiting' })
  })

  it('said twice loses no text', () => {
    expect(answerOf(after(acceptance, start, stream(2, 'x'), acceptance))).toMatchObject({
      content: 'x',
      seq: 2,
      status: 'streaming',
    })
  })

  it('of another device changes nothing', () => {
    const before = asked()
    expect(receive(before, { ...acceptance, client_msg_id: 'other' })).toBe(before)
  })
})

describe('a gap', () => {
  it('marks the answer behind, once', () => {
    const conversation = after(acceptance, start, stream(4, 'c'))
    expect(answerOf(conversation)).toMatchObject({ cursor: 'behind', seq: 1, content: '' })
    expect(receive(conversation, stream(5, 'd'))).toBe(conversation)
  })

  it('is over with the next event in sequence', () => {
    expect(answerOf(after(acceptance, start, stream(3, 'c'), stream(2, 'b'))).cursor).toBe('live')
  })
})

describe('thinking', () => {
  it('is timed from the first thought to the first word', () => {
    let conversation = after(acceptance, start)
    conversation = receive(conversation, stream(2, 'hm', 'reasoning'), 1_000)
    conversation = receive(conversation, stream(3, 'mm', 'reasoning'), 2_000)
    expect(answerOf(conversation).thinkingSeconds).toBeNull()
    conversation = receive(conversation, stream(4, 'yes'), 4_500)
    expect(answerOf(conversation).thinkingSeconds).toBe(3.5)
  })
})

describe('errors', () => {
  it('refuse a question that has no run', () => {
    const conversation = after(error('overloaded', { client_msg_id: 'm1' }))
    expect(answerOf(conversation)).toMatchObject({
      status: 'failed',
      failure: { code: 'overloaded', message: 'no' },
    })
  })

  it('leave an accepted run to its end', () => {
    expect(answerOf(after(acceptance, error('internal', { client_msg_id: 'm1' }))).status).toBe(
      'waiting',
    )
  })

  it('interrupt a run the server has forgotten, keeping its text', () => {
    const conversation = after(
      acceptance,
      start,
      stream(2, 'kept'),
      error('unknown_run', { run: 'r1' }),
    )
    expect(answerOf(conversation)).toMatchObject({ status: 'interrupted', content: 'kept' })
  })

  it('about what was asked of a run leave the run alone', () => {
    const running = after(acceptance, start)
    expect(receive(running, error('already_begun', { run: 'r1' }))).toBe(running)
    expect(receive(running, error('shutting_down', { run: 'r1' }))).toBe(running)
  })

  it('of the cursor read the run from its start', () => {
    const conversation = after(
      acceptance,
      start,
      stream(2, 'x'),
      error('bad_cursor', { run: 'r1' }),
    )
    expect(answerOf(conversation)).toMatchObject({ seq: 0, epoch: null, cursor: 'behind' })
    expect(
      answerOf([start, stream(2, 'y')].reduce((now, f) => receive(now, f), conversation)),
    ).toMatchObject({ content: 'y', cursor: 'live' })
  })
})

describe('a run taken up again', () => {
  it('opens an interrupted answer in its new epoch', () => {
    const goneOn = after(acceptance, start, stream(2, 'ab'), end(3, 'interrupted'), snapshot(2, 3, 'ab'))
    expect(answerOf(goneOn)).toMatchObject({ status: 'streaming', content: 'ab', epoch: 2, seq: 3 })
    expect(answerOf(receive(goneOn, stream(4, 'c'))).content).toBe('abc')
  })

  it('loses what came after the last checkpoint, since other text may have these numbers', () => {
    const cut = after(acceptance, start, stream(2, 'a'), stream(3, 'lost'), snapshot(2, 2, 'a'))
    expect(answerOf(receive(cut, stream(3, 'b')))).toMatchObject({ content: 'ab', seq: 3 })
  })

  it('asks for the text of a new epoch whose start comes without it', () => {
    const interrupted = after(acceptance, start, stream(2, 'ab'), end(3, 'interrupted'))
    const goneOn = receive(interrupted, { ...start, epoch: 2, seq: 4 })
    expect(answerOf(goneOn)).toMatchObject({ content: 'ab', epoch: null, seq: 0, cursor: 'behind' })
    const ended = receive(goneOn, end(5))
    expect(answerOf(ended)).toMatchObject({ status: 'streaming', cursor: 'behind' })
    const state = [snapshot(2, 4, 'ab'), end(5)].reduce((now, frame) => receive(now, frame), ended)
    expect(answerOf(state)).toMatchObject({ status: 'completed', content: 'ab' })
  })

  it('leaves an answer alone whose end is of the same epoch', () => {
    const ended = after(acceptance, start, stream(2, 'a'), end(3, 'interrupted'))
    expect(receive(ended, snapshot(1, 3, 'other'))).toBe(ended)
  })

  it('forgets the stop of its earlier life', () => {
    const stopped = requestStop(after(acceptance, start), 'm1')
    const again = [end(2, 'interrupted'), snapshot(2, 2, '')].reduce((c, f) => receive(c, f), stopped)
    expect(answerOf(again).stopRequested).toBe(false)
  })
})

describe('beside the log', () => {
  const saving = (saved: boolean, message: string | null): ServerFrame => ({
    type: 'saving',
    run: 'r1',
    saved,
    message,
  })

  it('tells that a text is not saved until it is', () => {
    const unsaved = after(acceptance, start, saving(false, 'disk full'))
    expect(answerOf(unsaved).notSaved).toBe('disk full')
    expect(answerOf(receive(unsaved, saving(true, null))).notSaved).toBeNull()
  })

  it('hears that it is saved even after the end', () => {
    const ended = after(acceptance, start, saving(false, 'disk full'), end(2), saving(true, null))
    expect(answerOf(ended)).toMatchObject({ status: 'completed', notSaved: null })
  })

  it('takes a withdrawn question off the screen, wherever it was withdrawn', () => {
    const waiting: ServerFrame = {
      type: 'queued',
      run: 'r1',
      position: 1,
      eta_seconds: null,
      waiting_for: 'answer',
      model: '',
    }
    expect(after(acceptance, waiting, { type: 'withdrawn', run: 'r1' }).messages).toEqual([])
  })

  it('knows how many turns the model was not shown', () => {
    expect(answerOf(after(acceptance, { ...start, dropped_turns: 3 })).droppedTurns).toBe(3)
  })
})

describe('asking in other words', () => {
  const second = { key: 'm2', content: 'more', model: null }
  const third = { ...second, key: 'm3' }

  it('branches off the answer before', () => {
    const conversation = askInstead(ask(after(acceptance), second), 'm2', third)
    expect(conversation.id).toBe('c1')
    expect(conversation.messages.map(({ key }) => key)).toEqual(['m1', 'm1', 'm3', 'm3'])
    expect(conversation.messages[2]).toMatchObject({ content: 'more', parent: 'a1' })
  })

  it('stands beside the first question, too', () => {
    const conversation = askInstead(after(acceptance), 'm1', third)
    expect(conversation).toMatchObject({ id: 'c1', messages: [{ parent: null }, { key: 'm3' }] })
  })

  it('begins a new conversation when the server has forgotten the old one', () => {
    const forgotten = receive(
      ask(after(acceptance), second),
      error('unknown_conversation', { client_msg_id: 'm2' }),
    )
    const conversation = askInstead(forgotten, 'm2', third)
    expect(conversation.id).toBeNull()
    expect(conversation.messages[2]).toMatchObject({ content: 'more' })
    expect(conversation.messages[2]).not.toHaveProperty('parent')
  })
})

describe('another answer', () => {
  const ended = after(acceptance, start, end(2))
  const again = answerAgain(ended, answerOf(ended), { key: 'm2', model: null })

  it('takes the place of the first, under the same question', () => {
    expect(again.messages).toMatchObject([{ key: 'm1' }, { key: 'm2', beside: 'a1' }])
  })

  it('gets the run it was accepted for', () => {
    const { messages } = receive(again, { ...acceptance, client_msg_id: 'm2', message: 'a2' })
    expect(messages).toMatchObject([{ id: 'u1' }, { id: 'a2', run: 'r1', status: 'waiting' }])
  })
})

it('tells of left out turns once, and again when there are more', () => {
  const counts = [0, 2, 2, 5]
  const messages = counts.map((droppedTurns, at) => ({
    ...answerOf(asked()),
    key: `m${at}`,
    droppedTurns,
  }))
  expect([...droppedFirst({ ...emptyConversation(), messages })]).toEqual([
    ['m1', 2],
    ['m3', 5],
  ])
})

describe('stop', () => {
  it('gives up a question that was never accepted, for good', () => {
    const stopped = requestStop(asked(), 'm1')
    expect(answerOf(stopped).status).toBe('cancelled')
    const late = [acceptance, start, stream(2, 'x')].reduce((now, f) => receive(now, f), stopped)
    expect(answerOf(late)).toMatchObject({ status: 'cancelled', content: '', run: 'r1' })
  })

  it('waits for the end of a run', () => {
    const stopped = requestStop(after(acceptance, start), 'm1')
    expect(answerOf(stopped)).toMatchObject({ status: 'streaming', stopRequested: true })
  })
})

describe('an ended answer that is to be continued', () => {
  const cancelled = [acceptance, start, stream(2, 'x'), end(3, 'cancelled')]

  it('keeps why that is refused, until it is continued after all', () => {
    const refused = after(...cancelled, error('not_resumable', { run: 'r1' }))
    expect(answerOf(refused)).toMatchObject({
      status: 'cancelled',
      content: 'x',
      refusal: { code: 'not_resumable' },
    })
    const reopened = receive(refused, snapshot(2, 3, 'x'))
    expect(answerOf(reopened)).toMatchObject({ status: 'streaming', content: 'x', refusal: null })
  })

  it.each([
    ['one that said all', [acceptance, start, end(2)], 'too_many_runs'],
    ['what was asked besides', cancelled, 'unknown_run'],
  ])('has nothing to refuse where it is %s', (_name, frames, code) => {
    expect(answerOf(after(...frames, error(code, { run: 'r1' }))).refusal ?? null).toBeNull()
  })
})
