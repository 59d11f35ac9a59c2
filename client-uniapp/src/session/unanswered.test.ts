import { describe, expect, it } from 'vitest'
import type { Error, ServerFrame } from '../protocol/frames'
import { Unanswered } from './unanswered'

const refusal = (named: Partial<Error> = {}): Error => ({
  type: 'error',
  code: 'never_heard_of',
  message: '',
  retryable: false,
  ...named,
})

const accepted = (key: string): ServerFrame => ({
  type: 'accepted',
  client_msg_id: key,
  run: 'r',
  conversation: 'c',
  message: 'm',
  user_message: 'u',
})

function asked(...keys: string[]): Unanswered {
  const unanswered = new Unanswered()
  for (const key of keys) unanswered.sent({ type: 'send', client_msg_id: key, content: 'x' })
  return unanswered
}

describe('unanswered questions', () => {
  it('end one by one, the oldest first, by refusals that name nothing', () => {
    const unanswered = asked('a', 'b')
    const keys = [1, 2, 3].map(() => unanswered.named(refusal()))
    expect(keys).toEqual([
      refusal({ client_msg_id: 'a' }),
      refusal({ client_msg_id: 'b' }),
      refusal(),
    ])
  })

  it('are not ended by a refusal that names something else', () => {
    const unanswered = asked('a')
    expect(unanswered.named(refusal({ run: 'r' }))).toEqual(refusal({ run: 'r' }))
    expect(unanswered.named(refusal({ client_msg_id: 'z' }))).toEqual(
      refusal({ client_msg_id: 'z' }),
    )
    expect(unanswered.named(refusal())).toEqual(refusal({ client_msg_id: 'a' }))
  })

  it('are answered once they are accepted or refused by name', () => {
    const unanswered = asked('a', 'b', 'c')
    unanswered.named(accepted('a'))
    unanswered.named(refusal({ client_msg_id: 'b' }))
    expect(unanswered.named(refusal())).toEqual(refusal({ client_msg_id: 'c' }))
  })

  it('are counted once, however often they are sent', () => {
    const unanswered = asked('a', 'a')
    unanswered.named(refusal())
    expect(unanswered.named(refusal())).toEqual(refusal())
  })

  it('take no other frame for a question or an answer', () => {
    const unanswered = asked('a')
    unanswered.sent({ type: 'ping' })
    expect(unanswered.named({ type: 'pong' })).toEqual({ type: 'pong' })
    expect(unanswered.named(refusal())).toEqual(refusal({ client_msg_id: 'a' }))
  })
})
