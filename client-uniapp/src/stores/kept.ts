/**
 * What of conversations outlives a reload or the eviction of a phone's tab: each under a key of
 * its own, so that two tabs do not overwrite each other's, and those seen last stay readable
 * without a connection.
 */
import type { Conversation, Message } from '../protocol/conversation'
import { emptyConversation } from '../protocol/conversation'
import { own, readOwn, readOwnTab, removeOwn, writeOwn, writeOwnTab } from '../platform/ownStorage'
import { takesRoom } from '../platform/storage'

export interface Kept {
  conversation: Conversation
  /** Typed and not sent yet. */
  draft: string
}

/** Raised when the shape of what is kept changes; what an older page kept is then left behind. */
const FORMAT = 3
const SHOWN = 'shown'
const ORDER = 'kept'
const NEW = 'new'
/** A phone gives a page about 5 MB; where it gives less, those not seen for long go first. */
const MOST = 40
/** Of one conversation: what is quickly written, every second while an answer grows. */
const MOST_CHARACTERS = 60_000

/** Until the server has named it, a conversation goes by its first question. */
function nameOf({ id, messages }: Conversation): string {
  return id ?? messages[0]?.key ?? NEW
}

/** Stores it as the one on the screen of this tab. */
export function keep(kept: Kept): void {
  const name = nameOf(kept.conversation)
  const before = readOwnTab(SHOWN)
  const { conversation, draft } = kept
  const value = { format: FORMAT, conversation: newest(conversation), draft }
  while (!writeOwn(slot(name), value) && makeRoom(name));
  writeOwnTab(SHOWN, name)
  if (before === name) return
  if (isFirstKey(before, conversation)) removeOwn(slot(before))
  if (before === NEW && conversation.id === null) forgetNew()
  remember(name)
}

/** The one this tab showed last, else the last shown in any. */
export function recall(): Kept {
  const name = readOwnTab(SHOWN)
  return (typeof name === 'string' && find(name)) || blank()
}

/** What is typed for a conversation that does not exist yet. */
export function recallNew(): string {
  return find(NEW)?.draft ?? ''
}

/** It has become a conversation, or a message of one. */
export function forgetNew(): void {
  removeOwn(slot(NEW))
}

/** What was seen of a conversation of the server, or null. */
export function recallOne(id: string): Kept | null {
  return find(id)
}

/** Its last turns, as many as may be kept, and what the server does not have. */
function newest(conversation: Conversation): Conversation {
  const { messages } = conversation
  let from = messages.length
  let left = MOST_CHARACTERS
  while (from > 0 && (left -= lengthOf(messages[from - 1])) >= 0) from -= 1
  const unsent = messages.findIndex(({ id }) => id === null)
  const first = Math.min(from, messages.length - 2, unsent < 0 ? from : unsent)
  return first > 0 ? { ...conversation, messages: messages.slice(first) } : conversation
}

const lengthOf = (message?: Message): number =>
  (message?.content.length ?? 0) + (message?.role === 'assistant' ? message.reasoning.length : 0)

/** Whether one that was not seen for long could be given up. */
function makeRoom(name: string): boolean {
  const names = order()
  const last = names.filter((one) => one !== name && takesRoom(own(slot(one)))).pop()
  if (last === undefined) return false
  removeOwn(slot(last))
  writeOwn(ORDER, names.filter((one) => one !== last))
  return true
}

const blank = (): Kept => ({ conversation: emptyConversation(), draft: '' })

function find(name: string): Kept | null {
  const stored = readOwn(slot(name))
  return isKept(stored) ? stored : null
}

const slot = (name: string): string => `conversation.${name}`

function isFirstKey(name: unknown, { id, messages }: Conversation): name is string {
  return id !== null && typeof name === 'string' && name === messages[0]?.key
}

/** Puts it first; those not seen for long make room. */
function remember(name: string): void {
  const names = [name, ...order().filter((one) => one !== name)]
  names.slice(MOST).forEach((old) => removeOwn(slot(old)))
  writeOwn(ORDER, names.slice(0, MOST))
}

/** The names of those kept, the last seen first. */
function order(): string[] {
  const stored = readOwn(ORDER)
  return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : []
}

function isKept(stored: unknown): stored is Kept {
  if (!isRecord(stored) || stored.format !== FORMAT || typeof stored.draft !== 'string')
    return false
  const { conversation } = stored
  return isRecord(conversation) && isMessages(conversation.messages)
}

function isMessages(messages: unknown): messages is Message[] {
  return (
    Array.isArray(messages) && messages.every((message) => isRecord(message) && 'key' in message)
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
