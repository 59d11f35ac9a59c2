import type { FinishReason, Options, RunStatus, Timings, Usage, WaitingFor } from './frames'

/**
 * Where an answer stands. `sending`: the server has not accepted the question yet; `waiting`:
 * accepted, nothing heard since; the last four are final.
 */
export type AnswerStatus = 'sending' | 'waiting' | 'queued' | 'streaming' | RunStatus

/** `behind`: an event is missing and must be asked for; `attaching`: it has been asked for. */
export type Cursor = 'live' | 'behind' | 'attaching'

export interface Queue {
  position: number
  etaSeconds: number | null
  waitingFor: WaitingFor
  /** Whose answers must end first, while memory is waited for; empty where that is not known. */
  model?: string
}

/** What went wrong, in the person's language as the server wrote it. */
export interface Failure {
  code: string
  message: string
  retryable: boolean
}

/** The messages that follow the same one, in the order of their making; `at` is this one. */
export interface Branches {
  at: number
  ids: string[]
}

export interface Question {
  role: 'user'
  /** The `client_msg_id`; the question and its answer share it. */
  key: string
  id: string | null
  content: string
  /** The message it follows: null is none, as for a first question; unset is the newest. */
  parent?: string | null
  /** Null while nothing lies beside it. */
  branches: Branches | null
}

export interface Answer {
  role: 'assistant'
  key: string
  id: string | null
  run: string | null
  model: string | null
  /** Who was asked, where that left the server's computer; empty where it did not. */
  provider: string
  /** How it is to be sampled; unset where nothing but the model says so. */
  options?: Options
  /** Names the numbering that `seq` belongs to; null before the run's first event. */
  epoch: number | null
  /** The last event that is part of the texts below; 0 before the first. */
  seq: number
  cursor: Cursor
  status: AnswerStatus
  reasoning: string
  content: string
  /** Milliseconds on this device's clock when the first thought arrived. */
  thinkingSince: number | null
  thinkingSeconds: number | null
  queue: Queue | null
  /** How many of the oldest turns the model was not shown, since they no longer fit. */
  droppedTurns: number
  /** Why the server cannot keep the text just now; the answer goes on all the same. */
  notSaved: string | null
  /** Stop was pressed; it must reach the server even if the socket is away just now. */
  stopRequested: boolean
  finishReason: FinishReason | null
  usage: Usage | null
  timings: Timings | null
  failure: Failure | null
  /** Why the ended answer is not continued, though that was asked for. */
  refusal?: Failure | null
  branches: Branches | null
  /** The answer beside which this one was asked for, while nothing but that is known of it. */
  beside: string | null
}

export type Message = Question | Answer

export interface Conversation {
  /** Null until the server has accepted the first message. */
  id: string | null
  /** As the server named it; empty before. */
  title: string
  /** The newest that the server has sent; 0 before. */
  revision: number
  /** Who answers; empty is nobody in particular. */
  persona: string
  /** The system prompt; unset until the server has sent it. */
  systemPrompt?: string
  /** Of this conversation alone; they go before those of the device. */
  options?: Options
  messages: Message[]
}

const FINAL: readonly AnswerStatus[] = ['completed', 'cancelled', 'failed', 'interrupted']

export const emptyConversation = (): Conversation => ({
  id: null,
  title: '',
  revision: 0,
  persona: '',
  messages: [],
})

export const isFinal = (answer: Answer): boolean => FINAL.includes(answer.status)

/** The server goes on with what was cut off, and with nothing that had said all it would. */
export function isContinuable({ run, status, finishReason }: Answer): boolean {
  if (run === null) return false
  const isAtLimit = status === 'completed' && finishReason === 'length'
  return isAtLimit || status === 'interrupted' || status === 'cancelled'
}

export const isAnswer = (message: Message): message is Answer => message.role === 'assistant'

export function unfinishedAnswers(conversation: Conversation): Answer[] {
  return conversation.messages.filter(isAnswer).filter((answer) => !isFinal(answer))
}

/** The answer that is being written or is next; those behind it wait for it. */
export function currentAnswer(conversation: Conversation): Answer | null {
  return unfinishedAnswers(conversation)[0] ?? null
}

/** A message in line behind the answer before it can still be taken back. */
export const isWithdrawable = (answer: Answer): boolean =>
  !isFinal(answer) && answer.run !== null && answer.queue?.waitingFor === 'answer'

export function questionOf(conversation: Conversation, key: string): Question | undefined {
  return conversation.messages.find(
    (message): message is Question => message.role === 'user' && message.key === key,
  )
}

/** What the answer answers; other answers to it may have keys of their own. */
export function questionBefore({ messages }: Conversation, answer: Answer): Question | null {
  const before = messages[messages.indexOf(answer) - 1]
  return before?.role === 'user' ? before : null
}

/** By key, the answers for which more turns were left out than for the one before: listed once. */
export function droppedFirst(conversation: Conversation): Map<string, number> {
  const found = new Map<string, number>()
  let before = 0
  for (const { key, droppedTurns } of conversation.messages.filter(isAnswer)) {
    if (droppedTurns > before) found.set(key, droppedTurns)
    before = Math.max(before, droppedTurns)
  }
  return found
}
