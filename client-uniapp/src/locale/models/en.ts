import type { modelsZh } from './zh'

/** A model's state, and what one should know of it. */
export const modelsEn: typeof modelsZh = {
  model: {
    absent: 'not downloaded',
    unloaded: 'not loaded',
    fetching: 'downloading {percent}',
    loading: 'loading {percent}',
    ready: 'ready',
    failed: 'unavailable',
    builtin: 'built in',
  },
  note: {
    one_at_a_time: 'This model answers one person at a time; others wait in line.',
    plain_template:
      'This model brings no chat template: it continues text, which may not read like a chat.',
    offloaded:
      'This model is too large for the graphics card; part of it lies in slower memory or on the disk.',
    little_memory: 'Less than 1.5 GB of memory was free at the start, so the smaller built-in model is used.',
  },
}
