import type { StoredConversation, StoredRun, TreeMessage } from '../protocol/rest'

/** What REST answers, as short as a test wants to write it. */
export const storedConversation = (id: string, title = id): StoredConversation => ({
  id,
  title,
  revision: 1,
  system_prompt: '',
  persona: '',
  options: {},
  leaf: null,
  pinned_at: null,
  archived_at: null,
  deleted_at: null,
  updated_at: '2026-05-20T10:00:00Z',
})

/** With a `run` it is an answer, whose run is named after it. */
export const treeMessage = (
  id: string,
  parent: string | null,
  content: string,
  run?: Partial<StoredRun>,
): TreeMessage => ({
  id,
  parent,
  role: run ? 'assistant' : 'user',
  content,
  reasoning: '',
  run: run ? { ...RUN, id: `r-${id}`, ...run } : null,
})

const RUN: StoredRun = {
  id: '',
  status: 'completed',
  model: 'scripted',
  epoch: 1,
  seq: 3,
  dropped_turns: 0,
  finish_reason: 'stop',
  error: null,
  usage: null,
  timings: null,
}
