import type { Answer, Conversation, Message, Question } from './conversation'
import { emptyConversation, isAnswer, isFinal } from './conversation'
import type { Options } from './frames'
import { wholeText } from './wholeText'

/** What a person asks; `key` becomes the `client_msg_id` that makes sending twice harmless. */
export interface Asking {
  key: string
  content: string
  model: string | null
  options?: Options
}

/** Adds the question and its answer-to-be. */
export function ask(conversation: Conversation, asking: Asking, parent?: string | null): Conversation {
  const question: Question = {
    role: 'user',
    key: asking.key,
    id: null,
    content: wholeText(asking.content),
    branches: null,
  }
  if (parent !== undefined) question.parent = parent
  const messages = [...conversation.messages, question, pendingAnswer(asking)]
  return { ...conversation, messages }
}

/**
 * Asks the question with `key` in other words, or again, as a branch beside it: what followed it
 * goes off the screen. Where the server has forgotten the conversation, it begins a new one: the
 * messages before stay on the screen, and nothing typed is lost.
 */
export function askInstead(conversation: Conversation, key: string, asking: Asking): Conversation {
  const at = conversation.messages.findIndex((message) => message.key === key)
  const messages = conversation.messages.slice(0, Math.max(0, at))
  if (conversation.id === null) return ask({ ...emptyConversation(), messages }, asking)
  return ask({ ...conversation, messages }, asking, lastAnswerId(messages))
}

/** Another answer in place of this one, beside the one the server has. */
export function answerAgain(
  conversation: Conversation,
  answer: Answer,
  asking: Omit<Asking, 'content'>,
): Conversation {
  const messages = conversation.messages.slice(0, conversation.messages.indexOf(answer))
  const another = { ...pendingAnswer(asking), beside: answer.id ?? answer.beside }
  return { ...conversation, messages: [...messages, another] }
}

/** A new branch shows its neighbours once the server tells the tree again. */
export function isBranch({ messages }: Conversation, key: string): boolean {
  return messages.some(
    (message) =>
      message.key === key &&
      (isAnswer(message) ? message.beside !== null : message.parent !== undefined),
  )
}

/**
 * Stop was pressed for the answer with `key`. A run is ended by the server's `end` alone; a
 * question that was not accepted has no run yet and is given up at once.
 */
export function requestStop(conversation: Conversation, key: string): Conversation {
  return changeAnswers(conversation, (answer) => {
    if (isFinal(answer) || answer.key !== key) return answer
    const status = answer.run === null ? 'cancelled' : answer.status
    return { ...answer, stopRequested: true, status }
  })
}

/** The missing events have been asked for, so the next gap does not ask again. */
export function markAttaching(conversation: Conversation): Conversation {
  return changeAnswers(conversation, (answer) =>
    answer.cursor === 'behind' ? { ...answer, cursor: 'attaching' } : answer,
  )
}

function changeAnswers(
  conversation: Conversation,
  change: (answer: Answer) => Answer,
): Conversation {
  const apply = (message: Message) => (isAnswer(message) ? change(message) : message)
  return { ...conversation, messages: conversation.messages.map(apply) }
}

function lastAnswerId(messages: Message[]): string | null {
  const known = messages.filter((message) => isAnswer(message) && message.id !== null)
  return known[known.length - 1]?.id ?? null
}

/** An answer of which nothing is known yet. */
export function pendingAnswer({ key, model, options }: Omit<Asking, 'content'>): Answer {
  return {
    ...(options && { options }),
    role: 'assistant',
    key,
    id: null,
    run: null,
    model,
    provider: '',
    epoch: null,
    seq: 0,
    cursor: 'live',
    status: 'sending',
    reasoning: '',
    content: '',
    thinkingSince: null,
    thinkingSeconds: null,
    queue: null,
    droppedTurns: 0,
    notSaved: null,
    stopRequested: false,
    finishReason: null,
    usage: null,
    timings: null,
    failure: null,
    branches: null,
    beside: null,
  }
}
