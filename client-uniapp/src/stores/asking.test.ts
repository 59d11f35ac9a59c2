import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, start } from '../testing/frames'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('asking', () => {
  it('shows the question at once and sends it', () => {
    const { store, sent, key, asking } = conversationPage()
    asking.submit('你好')
    expect(store.messages).toHaveLength(2)
    expect(sent).toEqual([{ type: 'send', client_msg_id: key(), content: '你好' }])
  })

  it('continues the conversation with the second question', () => {
    const { sent, key, receive, asking } = conversationPage()
    asking.submit('one')
    receive(accepted(key()), start, end(2))
    asking.submit('two')
    expect(sent[1]).toMatchObject({ content: 'two', conversation: 'c1' })
  })
})

describe('trying again', () => {
  it('asks for another answer to a question the server knows', () => {
    const { store, sent, key, receive, asking } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start, end(2, 'failed'))
    asking.retry()
    expect(store.messages.map(({ content }) => content)).toEqual(['go', ''])
    expect(sent[1]).toEqual({ type: 'regenerate', client_msg_id: key(), message: 'a1' })
  })

  it('sends a question again that was refused', () => {
    const { sent, key, receive, asking } = conversationPage()
    asking.submit('go')
    const refused = { code: 'overloaded', message: 'no', retryable: true }
    receive({ type: 'error', client_msg_id: key(), ...refused })
    asking.retry()
    expect(sent[1]).toEqual({ type: 'send', client_msg_id: key(), content: 'go' })
  })

  it('is not possible while an answer is being written', () => {
    const { sent, asking } = conversationPage()
    asking.submit('go')
    asking.retry()
    expect(sent).toHaveLength(1)
  })
})

it('asks a branch of the first question beside it', () => {
  const { sent, key, receive, asking } = conversationPage()
  asking.submit('go')
  receive(accepted(key()), start, end(2))
  asking.edit(key(), 'run')
  expect(sent[1]).toMatchObject({ content: 'run', conversation: 'c1', parent: null })
})
