import { describe, expect, it } from 'vitest'
import { accepted, end, error, snapshot, start, stream } from '../testing/frames'
import { storedConversation, treeMessage } from '../testing/tree'
import { emptyConversation, isAnswer } from './conversation'
import { adopt } from './history'
import { receive } from './reducer'
import type { StoredRun, Tree, TreeMessage } from './rest'
import { ask } from './turns'

const treeOf = (leaf: string, ...messages: TreeMessage[]): Tree => ({
  conversation: storedConversation('c1', 'Hiking'),
  leaf,
  messages,
})
const first = treeMessage('u1', null, 'go')
const answered = (content: string, run: Partial<StoredRun> = {}) =>
  treeMessage('a1', 'u1', content, { id: 'r1', ...run })

const live = [accepted('m1'), start, stream(2, 'so '), stream(3, 'far')].reduce(
  (now, frame) => receive(now, frame),
  ask(emptyConversation(), { key: 'm1', content: 'go', model: null }),
)

describe('the path to the leaf', () => {
  it('is what is shown, each message told its branches', () => {
    const second = treeMessage('a2', 'u1', 'other', {})
    const shown = adopt(treeOf('a1', first, answered('one'), second), emptyConversation())
    expect(shown).toMatchObject({ id: 'c1', title: 'Hiking', revision: 1 })
    expect(shown.messages).toMatchObject([
      { id: 'u1', content: 'go', branches: null },
      { id: 'a1', content: 'one', branches: { at: 0, ids: ['a1', 'a2'] } },
    ])
  })

  it('gives a question and its answer one key', () => {
    const [question, answer] = adopt(treeOf('a1', first, answered('')), emptyConversation()).messages
    expect(question?.key).toBe(answer?.key)
  })

  it('is empty without messages', () => {
    expect(adopt({ ...treeOf(''), leaf: null }, emptyConversation()).messages).toEqual([])
  })
})

describe('an answer', () => {
  const after = (content: string, run: Partial<StoredRun>) =>
    adopt(treeOf('a1', first, answered(content, run)), live).messages.filter(isAnswer)[0]

  it('that stands further here stays the very same', () => {
    expect(after('so ', { status: 'running', seq: 2 })).toBe(live.messages[1])
  })

  it('that goes on in a new epoch is not taken back to the end of the last one', () => {
    const goneOn = receive(receive(live, end(4, 'interrupted')), snapshot(2, 4, 'so far'))
    const late = treeOf('a1', first, answered('so far', { status: 'interrupted', seq: 4 }))
    expect(adopt(late, goneOn).messages[1]).toBe(goneOn.messages[1])
  })

  it.each([
    ['has ended meanwhile', { status: 'completed' as const, seq: 3 }],
    ['was written on', { status: 'running' as const, seq: 9 }],
    ['began anew', { status: 'running' as const, seq: 4, epoch: 2 }],
  ])('that %s is taken over under its old key', (_, run) => {
    expect(after('stored', run)).toMatchObject({ key: 'm1', content: 'stored', seq: run.seq })
  })

  it('being written is joined', () => {
    const running = answered('half', { status: 'running', seq: 2 })
    const shown = adopt(treeOf('a1', first, running), emptyConversation())
    expect(shown.messages[1]).toMatchObject({ status: 'streaming', cursor: 'behind', epoch: 1 })
  })
})

it('keeps a question below that the server has not accepted', () => {
  const asking = ask(live, { key: 'm2', content: 'more', model: null })
  const shown = adopt(treeOf('a1', first, answered('so far', { seq: 3 })), asking)
  expect(shown.messages.map(({ content }) => content)).toEqual(['go', 'so far', 'more', ''])
})

describe('a run that failed before its first word', () => {
  const why = { code: 'download_failed', message: 'no network', retryable: true }
  const failed = answered('', { status: 'failed', seq: 1, error: why })
  const asking = receive(
    ask(emptyConversation(), { key: 'm1', content: 'go', model: null }),
    accepted('m1'),
  )

  it('is explained by what was saved', () => {
    const saved = adopt(treeOf('a1', first, failed), asking)
    expect(saved.messages[1]).toMatchObject({ status: 'failed', failure: why })
  })

  it('stays explained when what was saved comes after its end', () => {
    const ended = [error('download_failed', { run: 'r1' }), end(1, 'failed')].reduce(
      (now, frame) => receive(now, frame),
      asking,
    )
    expect(adopt(treeOf('a1', first, failed), ended).messages[1]).toMatchObject({ failure: why })
  })
})
