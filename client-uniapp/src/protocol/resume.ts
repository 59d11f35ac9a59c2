/** What a client has to send so that nothing it waits for is lost. Pure. */
import type { Answer, Conversation } from './conversation'
import { questionOf, unfinishedAnswers } from './conversation'
import type { Attach, ClientFrame, Detach, Regenerate, Send, ServerFrame } from './frames'

/** After every (re)connection: read on where each answer stands, repeat what was not accepted. */
export function resumeFrames(conversation: Conversation): ClientFrame[] {
  return unfinishedAnswers(conversation).flatMap((answer) => {
    if (answer.run === null) return sendFrames(conversation, answer.key)
    return [attachFrame(answer, answer.run), ...stopFrames(answer)]
  })
}

/** What asks for the answer with this key, or nothing where there is none. */
export function sendFrames(conversation: Conversation, key: string): (Send | Regenerate)[] {
  const question = questionOf(conversation, key)
  const answer = conversation.messages.find((message) => message.key === key && 'run' in message)
  if (answer?.role !== 'assistant') return []
  if (answer.beside !== null) return [regenerateFrame(answer, answer.beside)]
  if (!question) return []
  const frame: Send = { type: 'send', client_msg_id: key, content: question.content }
  if (conversation.id !== null) frame.conversation = conversation.id
  if (question.parent !== undefined) frame.parent = question.parent
  if (answer.model !== null) frame.model = answer.model
  if (answer.options) frame.options = answer.options
  return [frame]
}

function regenerateFrame({ key, model, options }: Answer, message: string): Regenerate {
  const frame: Regenerate = { type: 'regenerate', client_msg_id: key, message }
  if (model !== null) frame.model = model
  if (options) frame.options = options
  return frame
}

/** The questions that the server has not accepted yet. */
export function unsentFrames(conversation: Conversation): (Send | Regenerate)[] {
  return unfinishedAnswers(conversation).flatMap(({ run, key }) =>
    run === null ? sendFrames(conversation, key) : [],
  )
}

/** Its answers go on being written; this page only stops reading them. */
export function leaveFrames(conversation: Conversation): Detach[] {
  return unfinishedAnswers(conversation).flatMap(({ run }) =>
    run === null ? [] : [{ type: 'detach' as const, run }],
  )
}

/** Attaches for the answers that have just fallen behind. */
export function catchUpFrames(conversation: Conversation): Attach[] {
  return unfinishedAnswers(conversation).flatMap((answer) =>
    answer.cursor === 'behind' && answer.run !== null ? [attachFrame(answer, answer.run)] : [],
  )
}

/** Stop pressed before the run had a name is sent as soon as it has one. */
export function lateStops(conversation: Conversation, frame: ServerFrame): ClientFrame[] {
  if (frame.type !== 'accepted') return []
  return conversation.messages.flatMap((message) =>
    message.role === 'assistant' && message.run === frame.run ? stopFrames(message) : [],
  )
}

function attachFrame({ seq, epoch }: Answer, run: string): Attach {
  const frame: Attach = { type: 'attach', run, after: seq }
  if (epoch !== null) frame.epoch = epoch
  return frame
}

function stopFrames(answer: Answer): ClientFrame[] {
  if (!answer.stopRequested || answer.run === null) return []
  return [{ type: 'stop', run: answer.run }]
}
