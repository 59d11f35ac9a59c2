import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { conversationPage } from '../testing/conversationPage'
import { fakeUni } from '../testing/fakeUni'
import { accepted, end, snapshot, start, stream } from '../testing/frames'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

describe('stopping', () => {
  it('names the run', () => {
    const { store, sent, key, receive, asking, runs } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start)
    runs.stop()
    expect(sent[1]).toEqual({ type: 'stop', run: 'r1' })
    expect(store.isRunning).toBe(true)
  })

  it('before the run has a name follows when it has', () => {
    const { store, sent, key, receive, asking, runs } = conversationPage()
    asking.submit('go')
    runs.stop()
    expect(store.isRunning).toBe(false)
    receive(accepted(key()))
    expect(sent[1]).toEqual({ type: 'stop', run: 'r1' })
  })
})

describe('a message behind a running answer', () => {
  function waiting() {
    const page = conversationPage()
    page.asking.submit('go')
    page.receive(accepted(page.key()), start)
    page.asking.submit('then')
    const second = { run: 'r2', message: 'a2', user_message: 'u2' }
    page.receive({ ...accepted(page.key()), ...second })
    const line = { position: 1, eta_seconds: null, waiting_for: 'answer' as const, model: '' }
    page.receive({ type: 'queued', run: 'r2', ...line })
    return page
  }

  it('comes back into the empty composer when it is withdrawn', () => {
    const { store, sent, receive, runs } = waiting()
    if (store.lastAnswer) runs.withdraw(store.lastAnswer)
    expect(sent[2]).toEqual({ type: 'withdraw', run: 'r2' })
    receive({ type: 'withdrawn', run: 'r2' })
    expect(store.messages).toHaveLength(2)
    expect(store.draft).toBe('then')
  })

  it('overwrites nothing typed since', () => {
    const { store, receive, runs } = waiting()
    store.draft = 'other'
    if (store.lastAnswer) runs.withdraw(store.lastAnswer)
    receive({ type: 'withdrawn', run: 'r2' })
    expect(store.draft).toBe('other')
  })

  it('is not stopped with the answer before it', () => {
    const { sent, runs } = waiting()
    runs.stop()
    expect(sent.slice(2)).toEqual([{ type: 'stop', run: 'r1' }])
  })
})

describe('going on', () => {
  it('asks for the interrupted run and shows what follows', () => {
    const { store, sent, key, receive, asking, runs } = conversationPage()
    asking.submit('go')
    receive(accepted(key()), start, stream(2, 'half'), end(3, 'interrupted'))
    runs.goOn()
    expect(sent[1]).toEqual({ type: 'resume', run: 'r1' })
    receive({ ...snapshot(2, 3, 'half'), reasoning: '' }, { ...start, epoch: 2, seq: 4 })
    receive(stream(5, ' and half'), end(6))
    expect(store.lastAnswer).toMatchObject({ content: 'half and half', status: 'completed' })
  })
})
