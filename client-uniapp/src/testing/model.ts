import type { Model } from '../protocol/frames'

/** A model of which nothing is remarkable but what the test says. */
export const testModel = (change: Partial<Model> = {}): Model => ({
  id: 'm',
  name: change.id ?? 'M',
  state: 'ready',
  default: false,
  builtin: false,
  context_tokens: null,
  progress: null,
  error: null,
  notes: [],
  download: null,
  languages: [],
  local: true,
  provider: '',
  size: null,
  memory: null,
  quantisation: '',
  licence: '',
  is_base: false,
  abilities: [],
  option_rules: [],
  resumable: true,
  ...change,
})

export const testDownload = (done: number, total: number, source = ''): Model['download'] => ({
  done,
  total,
  source,
  bytes_per_second: null,
  paused: false,
})
