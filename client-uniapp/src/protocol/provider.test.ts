import { expect, it } from 'vitest'
import { accepted, snapshot, start } from '../testing/frames'
import { storedConversation, treeMessage } from '../testing/tree'
import type { Answer } from './conversation'
import { emptyConversation, isAnswer } from './conversation'
import type { ServerFrame } from './frames'
import { adopt } from './history'
import { receive } from './reducer'
import type { StoredRun } from './rest'
import { ask } from './turns'

const asked = ask(emptyConversation(), { key: 'm1', content: 'hi', model: null })

function after(...frames: ServerFrame[]): Answer | undefined {
  const all = [accepted('m1'), ...frames]
  return all.reduce((now, frame) => receive(now, frame), asked).messages.filter(isAnswer)[0]
}

/** As a server tells it that is older than the field. */
function without<Frame extends object>(frame: Frame, name: keyof Frame): Frame {
  return Object.fromEntries(Object.entries(frame).filter(([key]) => key !== name)) as Frame
}

function stored(run: Partial<StoredRun>): Answer | undefined {
  const messages = [treeMessage('u1', null, 'go'), treeMessage('a1', 'u1', 'so', run)]
  const tree = { conversation: storedConversation('c1'), leaf: 'a1', messages }
  return adopt(tree, emptyConversation()).messages.filter(isAnswer)[0]
}

it('knows from the start on that a question left the computer', () => {
  expect(after({ ...start, provider: 'DeepSeek' })?.provider).toBe('DeepSeek')
})

it('learns it from a snapshot, too', () => {
  expect(after({ ...snapshot(1, 3, 'so'), provider: 'DeepSeek' })?.provider).toBe('DeepSeek')
})

it('learns it from what the server has stored', () => {
  expect(stored({ provider: 'DeepSeek' })?.provider).toBe('DeepSeek')
  expect(stored({ provider: null })?.provider).toBe('')
})

it('takes an answer of an older server for one of the computer', () => {
  expect(after(without(start, 'provider'))?.provider).toBe('')
  expect(after(without(snapshot(1, 3, 'so'), 'provider'))?.provider).toBe('')
  expect(stored({})?.provider).toBe('')
})

it('knows whose answers hold the memory that a run waits for', () => {
  const queued = {
    type: 'queued' as const,
    run: 'r1',
    position: 1,
    eta_seconds: null,
    waiting_for: 'memory' as const,
    model: 'qwen3-4b',
  }
  expect(after(queued)?.queue).toMatchObject({ waitingFor: 'memory', model: 'qwen3-4b' })
  expect(after(without(queued, 'model'))?.queue?.model).toBe('')
})
