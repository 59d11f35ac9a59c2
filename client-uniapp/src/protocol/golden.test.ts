import { describe, expect, it } from 'vitest'
import frames from '../../../tests/contract/frames.json'
import runs from '../../../tests/contract/runs.json'
import { emptyConversation, isAnswer } from './conversation'
import type { Conversation } from './conversation'
import type { ClientFrame, ServerFrame } from './frames'
import { receive } from './reducer'
import { ask } from './turns'

const asked = (): Conversation =>
  ask(emptyConversation(), { key: 'm1', content: '你好', model: null })

describe('golden runs', () => {
  it.each(runs)('$name', ({ frames: sent, expect: expected }) => {
    const conversation = (sent as ServerFrame[]).reduce(
      (now, frame) => receive(now, frame),
      asked(),
    )
    const [answer] = conversation.messages.filter(isAnswer)
    expect(answer).toMatchObject(expected)
  })
})

describe('golden frames', () => {
  it('has one of every kind', () => {
    const kinds = (list: object[]) => list.map((frame) => ('type' in frame ? frame.type : 'short'))
    const client: (ClientFrame | object)[] = frames.client
    expect(kinds(client).sort()).toEqual(
      [...'attach detach hello ping regenerate resume send'.split(' '), 'send', 'short', 'stop', 'withdraw'].sort(),
    )
    expect(kinds(frames.server).sort()).toEqual(
      'accepted changed end error hello models pong queued queued saving snapshot start stream withdrawn'.split(' '),
    )
  })

  it.each(frames.server as ServerFrame[])('$type leaves an empty conversation alone', (frame) => {
    const empty = emptyConversation()
    expect(receive(empty, frame)).toBe(empty)
  })
})
