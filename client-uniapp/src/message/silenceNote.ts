import type { Answer } from '../protocol/conversation'
import type { Note } from '../locale/note'

/** How long nothing has come of an answer that is being written: seconds, or none to speak of. */
export type Silence = 'none' | 'short' | 'long'

/** What this page knows while nothing comes. */
export interface Knowledge {
  silence: Silence
  isOnline: boolean
  /** The server has said something since the silence began. */
  isHeard: boolean
  /** About how much the model has to read before its first word. */
  tokens: number
}

/** What is read faster than anybody waits for it. */
const SOON_READ = 300

/**
 * Says only what is known: null until a silence is long and the connection was found alive,
 * and before the server has reported that the model has begun.
 */
export function silenceNote(answer: Answer, known: Knowledge): Note | null {
  if (known.silence === 'none' || answer.run === null) return null
  if (!known.isOnline) return note('lost')
  if (answer.status === 'waiting') return null
  if (known.silence === 'short' || !known.isHeard) return null
  if (answer.provider) return note('provider', { provider: answer.provider })
  const hasAnswer = answer.content !== ''
  if (answer.reasoning !== '' && !hasAnswer) return note('thinking')
  if (hasAnswer || known.tokens < SOON_READ) return note('computing')
  return note('reading', { count: known.tokens })
}

function note(key: string, values: Note['values'] = {}): Note {
  return { key: `silence.${key}`, values }
}
