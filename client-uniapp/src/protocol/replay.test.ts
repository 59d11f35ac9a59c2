import { describe, expect, it } from 'vitest'
import type { Conversation } from './conversation'
import { emptyConversation, isAnswer } from './conversation'
import type { ServerFrame, Snapshot } from './frames'
import { receive } from './reducer'
import { ask } from './turns'

/** A small linear congruential generator: the same seed tells the same story. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return Math.floor((state / 2_147_483_648) * below)
  }
}

function runOf(seed: number): ServerFrame[] {
  const random = randomFrom(seed)
  const thoughts = random(6)
  const deltas: ServerFrame[] = Array.from({ length: thoughts + random(12) }, (_, index) => ({
    type: 'stream',
    run: 'r1',
    seq: index + 2,
    channel: index < thoughts ? 'reasoning' : 'answer',
    content: ['你', ' a', '\n', '**', '😀'][random(5)] ?? '',
  }))
  return [
    { type: 'start', run: 'r1', epoch: 1, seq: 1, model: 'm', content: '', dropped_turns: 0, provider: '' },
    ...deltas,
    {
      type: 'end',
      run: 'r1',
      seq: deltas.length + 2,
      status: 'completed',
      finish_reason: 'stop',
      usage: null,
      timings: null,
    },
  ]
}

const opened = receive(ask(emptyConversation(), { key: 'm1', content: '?', model: null }), {
  type: 'accepted',
  client_msg_id: 'm1',
  run: 'r1',
  conversation: 'c1',
  message: 'a1',
  user_message: 'u1',
})
const read = (frames: ServerFrame[], from: Conversation = opened): Conversation =>
  frames.reduce((conversation, frame) => receive(conversation, frame), from)

/** The answer without its thinking time, which each device measures for itself. */
function answerOf(conversation: Conversation) {
  const answer = conversation.messages.find(isAnswer)
  return answer && { ...answer, thinkingSince: null, thinkingSeconds: null }
}

function snapshotOf(frames: ServerFrame[]): Snapshot {
  const answer = answerOf(read(frames))
  return {
    type: 'snapshot',
    run: 'r1',
    epoch: 1,
    seq: frames.length,
    model: 'm',
    reasoning: answer?.reasoning ?? '',
    content: answer?.content ?? '',
    dropped_turns: 0,
    provider: '',
  }
}

const SEEDS = Array.from({ length: 60 }, (_, seed) => seed + 1)

/** The same run after its server died: it goes on from its checkpoint, with other numbers. */
function recovered(frames: ServerFrame[], kept: number): ServerFrame[] {
  const before = frames.slice(0, kept)
  const snapshot = { ...snapshotOf(before), epoch: 2 }
  const start: ServerFrame = {
    type: 'start',
    run: 'r1',
    epoch: 2,
    seq: kept + 1,
    model: 'm',
    content: '',
    dropped_turns: 0,
    provider: '',
  }
  const rest = frames.slice(kept).map((frame) => ('seq' in frame ? { ...frame, seq: frame.seq + 1 } : frame))
  return [snapshot, start, ...rest]
}

describe.each(SEEDS)('run %i', (seed) => {
  const frames = runOf(seed)
  const whole = answerOf(read(frames))
  const cuts = frames.map((_, index) => index).slice(1)

  it('is whole after a snapshot at any cut and the replay', () => {
    for (const cut of cuts) {
      const late = read([snapshotOf(frames.slice(0, cut)), ...frames.slice(cut)])
      expect(answerOf(late)).toEqual(whole)
    }
  })

  it('is whole after any cut and a replay from any earlier event', () => {
    const random = randomFrom(seed)
    for (const cut of cuts) {
      const replay = frames.slice(random(cut + 1))
      expect(answerOf(read(replay, read(frames.slice(0, cut))))).toEqual(whole)
    }
  })

  it('is whole after the server died anywhere, wherever its reader stood', () => {
    const random = randomFrom(seed)
    for (const died of cuts) {
      const live = frames.slice(0, died)
      const kept = random(died) + 1
      const again = recovered(frames, kept)
      const text = (from: ServerFrame[]) => {
        const answer = answerOf(read(from))
        return [answer?.content, answer?.reasoning, answer?.status]
      }
      expect(text([...live, ...again])).toEqual([whole?.content, whole?.reasoning, whole?.status])
      const cut = 1 + random(again.length - 1)
      const late = [...live, ...again.slice(0, cut), ...again.slice(random(cut + 1))]
      expect(text(late)).toEqual([whole?.content, whole?.reasoning, whole?.status])
    }
  })

  it('is whole when any event is lost and the replay fills the gap', () => {
    for (const lost of cuts) {
      const holed = read(frames.filter((_, index) => index !== lost))
      const answer = answerOf(holed)
      expect(answer?.seq).toBe(lost)
      expect(answerOf(read(frames.slice(lost), holed))).toEqual(whole)
    }
  })
})
