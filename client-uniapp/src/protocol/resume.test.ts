import { describe, expect, it } from 'vitest'
import { emptyConversation } from './conversation'
import type { ServerFrame } from './frames'
import { accepted, end, snapshot, start, stream } from '../testing/frames'
import { receive } from './reducer'
import { catchUpFrames, lateStops, resumeFrames } from './resume'
import { ask, markAttaching, requestStop } from './turns'

const acceptance = accepted('m1')
const asked = ask(emptyConversation(), { key: 'm1', content: 'hi', model: 'm' })
const after = (...frames: ServerFrame[]) =>
  frames.reduce((conversation, frame) => receive(conversation, frame), asked)

describe('resuming', () => {
  it('repeats a question that was not accepted', () => {
    expect(resumeFrames(asked)).toEqual([
      { type: 'send', client_msg_id: 'm1', content: 'hi', model: 'm' },
    ])
  })

  it('attaches an accepted run from its beginning', () => {
    expect(resumeFrames(after(acceptance))).toEqual([{ type: 'attach', run: 'r1', after: 0 }])
  })

  it('attaches a started run after its last event and in its epoch', () => {
    expect(resumeFrames(after(acceptance, start))).toEqual([
      { type: 'attach', run: 'r1', after: 1, epoch: 1 },
    ])
  })

  it('repeats a stop that may have been lost', () => {
    expect(resumeFrames(requestStop(after(acceptance, start), 'm1'))).toContainEqual({
      type: 'stop',
      run: 'r1',
    })
  })

  it('leaves what has ended alone', () => {
    expect(resumeFrames(after(acceptance, start, end(2)))).toEqual([])
  })
})

describe('falling behind', () => {
  it('asks for the missing events once', () => {
    const behind = after(acceptance, start, stream(9, 'x'))
    expect(catchUpFrames(behind)).toEqual([{ type: 'attach', run: 'r1', after: 1, epoch: 1 }])
    expect(catchUpFrames(markAttaching(behind))).toEqual([])
  })
})

describe('a stop before the run had a name', () => {
  it('follows the acceptance', () => {
    const stopped = receive(requestStop(asked, 'm1'), acceptance)
    expect(lateStops(stopped, acceptance)).toEqual([{ type: 'stop', run: 'r1' }])
    expect(lateStops(after(acceptance), acceptance)).toEqual([])
  })
})

describe('a run whose model still loads', () => {
  const line = { position: 1, eta_seconds: null, waiting_for: 'model' as const, model: '' }
  const loading = after(acceptance, { type: 'queued', run: 'r1', ...line })

  it('is read on from its beginning', () => {
    expect(resumeFrames(loading)).toEqual([{ type: 'attach', run: 'r1', after: 0 }])
  })

  it('is stopped, also when the stop was pressed without a connection', () => {
    expect(resumeFrames(requestStop(loading, 'm1'))).toContainEqual({ type: 'stop', run: 'r1' })
  })
})

describe('a replay that brings nothing new', () => {
  it('ends nothing: only the end does', () => {
    const read = after(acceptance, start, stream(2, 'x'))
    const upToDate = receive(read, snapshot(1, 2, 'x'))
    expect(upToDate.messages[1]).toMatchObject({ status: 'streaming', content: 'x' })
    expect(resumeFrames(upToDate)).toEqual([{ type: 'attach', run: 'r1', after: 2, epoch: 1 }])
  })
})
