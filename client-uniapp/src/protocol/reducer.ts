/**
 * The conversation after one more frame from the server. Pure: live frames, a replay and a
 * snapshot go the same way, and the same frames always give the same conversation.
 *
 * It never steps over a missing sequence number: an event that is not the next one is ignored
 * when it is old, and marks the answer `behind` when it is too new, so that the caller attaches
 * again after `seq`. Only `end` ends a run, and only a newer epoch opens it again: the server
 * goes on with a run that it, or its own death, had interrupted.
 */
import type { Answer, Conversation, Failure } from './conversation'
import { isAnswer, isContinuable, isFinal } from './conversation'
import type {
  Accepted,
  End,
  Error,
  Queued,
  Saving,
  ServerFrame,
  Snapshot,
  Start,
  Stream,
} from './frames'

type Change = (answer: Answer) => Answer

/** The server no longer has what the question follows; asking again begins a new conversation. */
const FORGOTTEN = ['unknown_conversation', 'unknown_message']

/** What was asked of a run was refused; the run itself goes its way, at the latest in a new epoch. */
const ASIDE = ['already_begun', 'not_interrupted', 'shutting_down']

/** What may be said of an ended run that nobody asked to continue. */
const OF_READING = ['unknown_run', 'bad_cursor', 'too_many_readers', 'already_begun']

/** `now` in milliseconds dates the thinking; it decides nothing else. */
export function receive(conversation: Conversation, frame: ServerFrame, now = 0): Conversation {
  switch (frame.type) {
    case 'accepted':
      return accept(conversation, frame)
    case 'queued':
      return changeRun(conversation, frame.run, (answer) => queue(answer, frame))
    case 'start':
      return changeRun(conversation, frame.run, (answer) => start(answer, frame))
    case 'stream':
      return changeRun(conversation, frame.run, (answer) => append(answer, frame, now))
    case 'snapshot':
      return changeRun(conversation, frame.run, (answer) => replace(answer, frame))
    case 'end':
      return changeRun(conversation, frame.run, (answer) => end(answer, frame, now))
    case 'saving':
      return changeRun(conversation, frame.run, (answer) => tellSaving(answer, frame))
    case 'withdrawn':
      return withdraw(conversation, frame.run)
    case 'error':
      return fail(conversation, frame)
    default:
      return conversation
  }
}

function accept(conversation: Conversation, frame: Accepted): Conversation {
  const isNew = (key: string) => key === frame.client_msg_id
  if (!conversation.messages.some((message) => isNew(message.key))) return conversation
  const messages = conversation.messages.map((message) => {
    if (!isNew(message.key)) return message
    return isAnswer(message) ? openRun(message, frame) : { ...message, id: frame.user_message }
  })
  return { ...conversation, id: frame.conversation, messages }
}

function openRun(answer: Answer, { run, message: id }: Accepted): Answer {
  if (answer.run === run) return answer
  const status = isFinal(answer) ? answer.status : 'waiting'
  return { ...answer, run, id, status, epoch: null, seq: 0, cursor: 'live' }
}

function queue(answer: Answer, frame: Queued): Answer {
  if (isFinal(answer)) return answer
  const { position, eta_seconds: etaSeconds, waiting_for: waitingFor, model = '' } = frame
  return { ...answer, status: 'queued', queue: { position, etaSeconds, waitingFor, model } }
}

function start(answer: Answer, frame: Start): Answer {
  const { epoch, seq, model, dropped_turns: droppedTurns, provider = '' } = frame
  if (isGivenUp(answer) || isOlderEpoch(answer, epoch)) return answer
  if (epoch === answer.epoch) {
    return inSequence(answer, seq, (next) => ({ ...writing(next), droppedTurns, provider }))
  }
  // The text before it is missing: only a run that begins anew, with nothing kept, has none.
  if (seq > 1) return nowhere(reopen(answer))
  const blank = { reasoning: '', content: '', thinkingSince: null, thinkingSeconds: null }
  return reopen({ ...answer, ...blank, epoch, seq, model, provider, droppedTurns })
}

function append(answer: Answer, { seq, channel, content }: Stream, now: number): Answer {
  return inSequence(answer, seq, (next) => {
    if (channel === 'reasoning') return think(writing(next), content, now)
    return { ...stopThinking(writing(next), now), content: next.content + content }
  })
}

function replace(answer: Answer, frame: Snapshot): Answer {
  const { epoch, seq, model, provider = '', reasoning, content } = frame
  const texts = { reasoning, content, droppedTurns: frame.dropped_turns }
  const replaced = { ...answer, epoch, seq, model, provider, ...texts }
  if (isGivenUp(answer) || isOlderEpoch(answer, epoch)) return answer
  if (epoch !== answer.epoch) return reopen(replaced)
  if (isFinal(answer) || seq < answer.seq) return answer
  return writing({ ...replaced, cursor: 'live' })
}

function end(answer: Answer, frame: End, now: number): Answer {
  return inSequence(answer, frame.seq, (next) => ({
    ...stopThinking(next, now),
    status: frame.status,
    finishReason: frame.finish_reason,
    usage: frame.usage,
    timings: frame.timings,
    failure: frame.status === 'completed' ? null : next.failure,
    queue: null,
  }))
}

function tellSaving(answer: Answer, { saved, message }: Saving): Answer {
  return { ...answer, notSaved: saved ? null : message }
}

/** The waiting question was taken back, here or on another device, and nothing of it is left. */
function withdraw(conversation: Conversation, run: string): Conversation {
  const withdrawn = conversation.messages.filter(isAnswer).find((answer) => answer.run === run)
  if (!withdrawn) return conversation
  const messages = conversation.messages.filter(({ key }) => key !== withdrawn.key)
  return { ...conversation, messages }
}

/** A refused question never gets a run, and a forgotten run never gets an `end`. */
function fail(conversation: Conversation, frame: Error): Conversation {
  const failure: Failure = {
    code: frame.code,
    message: frame.message,
    retryable: frame.retryable,
  }
  if (frame.run) return changeRun(conversation, frame.run, (run) => failRun(run, failure))
  if (!frame.client_msg_id) return conversation
  return refuse(conversation, frame.client_msg_id, failure)
}

function failRun(answer: Answer, failure: Failure): Answer {
  if (isFinal(answer)) return refuseToContinue(answer, failure)
  if (ASIDE.includes(failure.code)) return answer
  if (failure.code === 'bad_cursor') return nowhere(answer)
  if (failure.code === 'unknown_run') return { ...answer, status: 'interrupted', failure }
  return { ...answer, failure }
}

function refuseToContinue(answer: Answer, refusal: Failure): Answer {
  const isMeant = isContinuable(answer) && !OF_READING.includes(refusal.code)
  return isMeant ? { ...answer, refusal } : answer
}

function refuse(conversation: Conversation, key: string, failure: Failure): Conversation {
  const id = FORGOTTEN.includes(failure.code) ? null : conversation.id
  const refused = changeAnswer(
    conversation,
    (answer) => answer.key === key && answer.run === null && !isFinal(answer),
    (answer) => ({ ...answer, status: 'failed', failure }),
  )
  return refused === conversation ? conversation : { ...refused, id }
}

function inSequence(answer: Answer, seq: number, apply: Change): Answer {
  if (isFinal(answer) || seq <= answer.seq) return answer
  if (seq > answer.seq + 1) return answer.cursor === 'live' ? behind(answer) : answer
  return apply({ ...answer, seq, cursor: 'live' })
}

const behind: Change = (answer) => ({ ...answer, cursor: 'behind' })

/** Its numbering is not known any more: the whole text has to be asked for. */
const nowhere: Change = (answer) => behind({ ...answer, epoch: null, seq: 0 })

/** What the run's earlier life ended with is over. */
const reopen: Change = (answer) =>
  writing({
    ...answer,
    cursor: 'live',
    failure: null,
    refusal: null,
    finishReason: null,
    usage: null,
    timings: null,
    stopRequested: isFinal(answer) ? false : answer.stopRequested,
  })

const writing: Change = (answer) => ({ ...answer, status: 'streaming', queue: null })

function think(answer: Answer, content: string, now: number): Answer {
  const thinkingSince = answer.thinkingSince ?? now
  return { ...answer, thinkingSince, reasoning: answer.reasoning + content }
}

function stopThinking(answer: Answer, now: number): Answer {
  if (answer.thinkingSince === null || answer.thinkingSeconds !== null) return answer
  return { ...answer, thinkingSeconds: (now - answer.thinkingSince) / 1000 }
}

/** The person gave the question up before the server had named its run's numbering. */
function isGivenUp(answer: Answer): boolean {
  return isFinal(answer) && answer.epoch === null
}

function isOlderEpoch(answer: Answer, epoch: number): boolean {
  return answer.epoch !== null && epoch < answer.epoch
}

function changeRun(conversation: Conversation, run: string, change: Change): Conversation {
  return changeAnswer(conversation, (answer) => answer.run === run, change)
}

function changeAnswer(
  conversation: Conversation,
  matches: (answer: Answer) => boolean,
  change: Change,
): Conversation {
  const { messages } = conversation
  const index = messages.findIndex((message) => isAnswer(message) && matches(message))
  const answer = messages[index]
  if (!answer || !isAnswer(answer)) return conversation
  const changed = change(answer)
  if (changed === answer) return conversation
  return { ...conversation, messages: messages.map((old, at) => (at === index ? changed : old)) }
}
