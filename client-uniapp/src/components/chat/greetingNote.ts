import type { Model } from '../../protocol/frames'

/** What is to know about the model before the first question: a sentence of the locale. */
export interface GreetingNote {
  key: 'fetching' | 'loading' | 'absent' | 'failed' | 'builtin'
  /** 0 to 1 while something is on its way and its size is known. */
  progress: number | null
}

/** Null where the model is ready and has nothing to excuse, or none is known yet. */
export function greetingNote(model: Model | null): GreetingNote | null {
  if (model === null) return null
  const { state, progress, builtin } = model
  if (state === 'fetching' || state === 'loading') return { key: state, progress }
  if (state === 'failed' || state === 'absent') return { key: state, progress: null }
  return builtin ? { key: 'builtin', progress: null } : null
}
