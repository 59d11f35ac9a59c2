/**
 * The conversation as the server has stored it, on the screen. Pure.
 *
 * What this page has read over the socket is newer than what was last saved, so an answer that
 * stands further here stays as it is; and what was not accepted yet stays below.
 */
import type { Answer, Branches, Conversation, Message, Question } from './conversation'
import { isAnswer, isFinal } from './conversation'
import type { StoredRun, Tree, TreeMessage } from './rest'
import { pendingAnswer } from './turns'

export function adopt(tree: Tree, shown: Conversation): Conversation {
  const { id, title, revision, persona, options, system_prompt: systemPrompt } = tree.conversation
  const known = new Map(shown.messages.flatMap((old) => (old.id ? [[old.id, old] as const] : [])))
  const beside = siblings(tree)
  const messages = pairs(path(tree)).map(({ message, key }) => {
    const old = known.get(message.id)
    const branches = branchesOf(message, beside)
    return isUser(message) ? question(message, key, branches, old) : answer(message, key, branches, old)
  })
  const settings = { id, title, revision, persona, options, systemPrompt }
  return { ...settings, messages: [...messages, ...unaccepted(shown)] }
}

/** From the first message to the leaf. */
function path({ leaf, messages }: Tree): TreeMessage[] {
  const byId = new Map(messages.map((message) => [message.id, message]))
  const found: TreeMessage[] = []
  for (let at = byId.get(leaf ?? ''); at; at = byId.get(at.parent ?? '')) found.unshift(at)
  return found
}

/** A question and its answer share a key: the answer's id. */
function pairs(messages: TreeMessage[]): { message: TreeMessage; key: string }[] {
  return messages.map((message, index) => {
    const next = messages[index + 1]
    return { message, key: isUser(message) && next && !isUser(next) ? next.id : message.id }
  })
}

function siblings({ messages }: Tree): Map<string | null, string[]> {
  const found = new Map<string | null, string[]>()
  for (const { id, parent } of messages) {
    const ids = found.get(parent)
    if (ids) ids.push(id)
    else found.set(parent, [id])
  }
  return found
}

function branchesOf(message: TreeMessage, beside: Map<string | null, string[]>): Branches | null {
  const ids = beside.get(message.parent) ?? []
  return ids.length > 1 ? { at: ids.indexOf(message.id), ids } : null
}

function question(
  { id, content }: TreeMessage,
  key: string,
  branches: Branches | null,
  old: Message | undefined,
): Question {
  if (old?.role === 'user') return sameBranches(old, branches) ? old : { ...old, branches }
  return { role: 'user', key, id, content, branches }
}

function answer(
  message: TreeMessage,
  key: string,
  branches: Branches | null,
  old: Message | undefined,
): Answer {
  if (old && isAnswer(old)) {
    if (isNewer(old, message.run)) return sameBranches(old, branches) ? old : { ...old, branches }
    return { ...stored(message, old.key), branches }
  }
  return { ...stored(message, key), branches }
}

/** Whether what this page has read is at least what was saved. */
function isNewer(old: Answer, run: StoredRun | null): boolean {
  if (run === null || old.run !== run.id) return false
  const epoch = old.epoch ?? 0
  if (epoch > run.epoch) return true
  const isEnded = run.status !== 'running' && run.status !== 'waiting'
  if (isEnded && !isFinal(old)) return false
  return epoch === run.epoch ? old.seq >= run.seq : run.seq === 0
}

/** An answer that is still being written is marked `behind`, so that it is joined. */
function stored({ id, content, reasoning, run }: TreeMessage, key: string): Answer {
  const blank = { ...pendingAnswer({ key, model: run?.model ?? null }), id, content, reasoning }
  if (run === null) return { ...blank, status: 'completed' }
  const isLive = run.status === 'running' || run.status === 'waiting'
  return {
    ...blank,
    run: run.id,
    provider: run.provider ?? '',
    epoch: run.seq > 0 ? run.epoch : null,
    seq: run.seq,
    status: liveStatus(run),
    cursor: isLive ? 'behind' : 'live',
    droppedTurns: run.dropped_turns,
    finishReason: run.finish_reason,
    usage: run.usage,
    timings: run.timings,
    failure: run.error,
  }
}

function liveStatus({ status, seq }: StoredRun): Answer['status'] {
  if (status === 'running') return seq > 0 ? 'streaming' : 'waiting'
  return status
}

/** A pair whose question the server does not have: on its way, or refused. */
function unaccepted({ messages }: Conversation): Message[] {
  const refused = new Set(
    messages.filter((message) => isAnswer(message) && message.run === null).map(({ key }) => key),
  )
  return messages.filter(({ key, id }) => refused.has(key) && id === null)
}

function sameBranches(old: Message, branches: Branches | null): boolean {
  return JSON.stringify(old.branches) === JSON.stringify(branches)
}

const isUser = ({ role }: TreeMessage): boolean => role === 'user'
