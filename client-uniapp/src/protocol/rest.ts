/** What the server's REST API under `/api/v1/` answers, as far as this client reads it. */
import type { Failure } from './conversation'
import type { FinishReason, Model, Options, RunStatus, Timings, Usage } from './frames'

export interface StoredConversation {
  id: string
  title: string
  revision: number
  system_prompt: string
  persona: string
  options: Options
  leaf: string | null
  pinned_at: string | null
  archived_at: string | null
  deleted_at: string | null
  updated_at: string
}

export interface ConversationPage {
  conversations: StoredConversation[]
  next: string | null
}

export interface StoredRun {
  id: string
  status: RunStatus | 'waiting' | 'running'
  model: string
  /** Older servers do not tell it. */
  provider?: string | null
  epoch: number
  seq: number
  dropped_turns: number
  finish_reason: FinishReason | null
  error: Failure | null
  usage: Usage | null
  timings: Timings | null
}

export interface TreeMessage {
  id: string
  parent: string | null
  role: string
  content: string
  reasoning: string
  created_at?: string
  run: StoredRun | null
}

/** All messages of a conversation in the order of their making; `leaf` ends the path to show. */
export interface Tree {
  conversation: StoredConversation
  leaf: string | null
  messages: TreeMessage[]
}

/** What is named is set. `leaf` chooses the branch that is shown. */
export interface ConversationChanges {
  title?: string
  pinned?: boolean
  archived?: boolean
  leaf?: string
  persona?: string
  system_prompt?: string
  options?: Options
}

export type Shelf = 'active' | 'archived'

/** A part of a text; `marks` are beginnings and ends of the words found, counted in characters. */
export interface Snippet {
  text: string
  marks: [number, number][]
  before: boolean
  after: boolean
}

/** Without `message` the title was found. */
export interface Hit {
  conversation: string
  title: string
  message: string | null
  snippet: Snippet
}

export interface HitPage {
  hits: Hit[]
  next: string | null
}

export interface PersonaWords {
  name: string
  prompt: string
}

export interface Persona extends PersonaWords {
  id: string
}

/** `supplied` come with the server, in the person's language. */
export interface Personas {
  supplied: Persona[]
  own: Persona[]
}

/**
 * A model and what it does: answers it writes, runs in its line, and its measured rate. One that
 * is `from_settings` can be removed there alone.
 */
export interface OfferedModel extends Model {
  backend: string
  owner_only?: boolean
  from_settings?: boolean
  running: number
  waiting: number
  tokens_per_second: number | null
}

/** `qr` is a picture of `url` as a data URL. */
export interface ServerAddress {
  url: string
  qr: string
}

/** Where other devices reach the server; none while it serves its own computer alone. */
export interface ServerConnection {
  version: string
  open: boolean
  /** They need a code then. */
  pairing: boolean
  addresses: ServerAddress[]
  /** What the computer is about to run out of; sent to the owner. Older servers do not know any. */
  notes?: { code: string; message: string }[]
}

/** A conversation that an import left out; `place` is where it stands in the file. */
export interface Skipped {
  place: string
  title: string
  why: string
}

/**
 * What came of an import; `known` messages were here already. Older servers tell no `repaired`,
 * and neither how many conversations they `skipped` nor the first of these.
 */
export interface Imported {
  conversations: number
  messages: number
  known: number
  repaired?: number
  skipped?: number
  skips?: Skipped[]
}
