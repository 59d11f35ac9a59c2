import type { Note } from '../locale/note'
import { howFar } from '../models/howFar'
import type { Answer } from '../protocol/conversation'
import type { Model } from '../protocol/frames'

/**
 * What an answer without text waits for, in the order a person wants to know it. `busy` is the name
 * of the model that has to end first, where memory is waited for.
 */
export function waitingNotes(
  answer: Answer,
  model: Model | null,
  isOnline: boolean,
  busy = '',
): Note[] {
  if (answer.status === 'sending') return [note(isOnline ? 'sending' : 'waitingOffline')]
  if (answer.queue === null) return [note('waiting')]
  const { position, etaSeconds, waitingFor } = answer.queue
  if (waitingFor === 'model') return [modelNote(model)]
  if (waitingFor === 'answer') return [note('afterAnswer')]
  if (waitingFor === 'memory') return [memoryNote(busy)]
  const place = position <= 1 ? note('next') : note('queued', { count: position - 1 })
  if (etaSeconds === null) return [place]
  return [place, note('eta', { seconds: Math.max(1, Math.round(etaSeconds)) })]
}

function modelNote(model: Model | null): Note {
  const key = model?.state === 'fetching' ? 'fetchingModel' : 'loadingModel'
  return note(key, { percent: howFar(model) })
}

/** A server may not say whose answers hold the memory. */
function memoryNote(busy: string): Note {
  return busy === '' ? note('forMemory') : note('afterModel', { name: busy })
}

function note(key: string, values: Note['values'] = {}): Note {
  return { key: `answer.${key}`, values }
}
