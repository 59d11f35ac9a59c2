import type { Note } from '../locale/note'
import type { Model } from '../protocol/frames'
import { howFar } from './howFar'

/** What a model does just now, as a sentence of the locale. */
export function stateNote(model: Model): Note {
  const state = model.download?.paused ? 'paused' : model.state
  return { key: `model.${state}`, values: { percent: howFar(model) } }
}

/** On its way to being ready, which takes a while. */
export const isComing = ({ state }: Model): boolean => state === 'fetching' || state === 'loading'

/** Whether choosing it asks the server to load it; its first message would do so, too. */
export const isToLoad = ({ local, state }: Model): boolean =>
  local && (state === 'unloaded' || state === 'failed')
