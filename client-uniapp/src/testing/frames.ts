import type { Accepted, End, RunStatus, ServerFrame, Snapshot, Start, Stream } from '../protocol/frames'

/** Frames of one run, as short as a test wants to write them. */
export const accepted = (key: string): Accepted => ({
  type: 'accepted',
  client_msg_id: key,
  run: 'r1',
  conversation: 'c1',
  message: 'a1',
  user_message: 'u1',
})

export const start: Start = {
  type: 'start',
  run: 'r1',
  epoch: 1,
  seq: 1,
  model: 'scripted',
  content: '',
  dropped_turns: 0,
  provider: '',
}

export const stream = (seq: number, content: string, channel: Stream['channel'] = 'answer'): Stream => ({
  type: 'stream',
  run: 'r1',
  seq,
  channel,
  content,
})

export const snapshot = (epoch: number, seq: number, content: string): Snapshot => ({
  type: 'snapshot',
  run: 'r1',
  epoch,
  seq,
  model: 'scripted',
  reasoning: '',
  content,
  dropped_turns: 0,
  provider: '',
})

export const end = (seq: number, status: RunStatus = 'completed'): End => ({
  type: 'end',
  run: 'r1',
  seq,
  status,
  finish_reason: status === 'completed' ? 'stop' : null,
  usage: null,
  timings: null,
})

export const error = (code: string, where: object): ServerFrame => ({
  type: 'error',
  code,
  message: 'no',
  retryable: false,
  ...where,
})
