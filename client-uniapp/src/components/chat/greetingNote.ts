import { languageToAsk } from '../../models/spoken'
import type { Language } from '../../platform/language'
import type { Model } from '../../protocol/frames'

/** What is to know about the model before the first question: a sentence of the locale. */
export interface GreetingNote {
  key:
    | 'fetching'
    | 'loading'
    | 'absent'
    | 'failed'
    | 'error'
    | 'builtin'
    | 'builtinEnglish'
    | 'littleMemory'
    | 'english'
  /** 0 to 1 while something is on its way and its size is known. */
  progress: number | null
}

/** Null where the model is ready and has nothing to excuse, or none is known yet. */
export function greetingNote(model: Model | null, page: Language): GreetingNote | null {
  if (model === null) return null
  const { state, progress, builtin } = model
  if (state === 'fetching' || state === 'loading') return { key: state, progress }
  if (state === 'failed' && model.error) return { key: 'error', progress: null }
  if (state === 'failed' || state === 'absent') return { key: state, progress: null }
  if (model.notes.includes('little_memory')) return { key: 'littleMemory', progress: null }
  if (languageToAsk(model, page) !== page) {
    return { key: builtin ? 'builtinEnglish' : 'english', progress: null }
  }
  return builtin ? { key: 'builtin', progress: null } : null
}
