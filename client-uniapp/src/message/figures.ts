/** What an answer cost: how long it took, how much was read and written, and how it ended. */
import type { Note } from '../locale/note'
import type { Answer } from '../protocol/conversation'
import type { Usage } from '../protocol/frames'
import { costWords } from './cost'

export interface Figure {
  /** The name of the figure, a sentence of the locale. */
  name: string
  value: Note
}

/** Only what is known; an answer of before the server measured has few. */
export function figuresOf(answer: Answer): Figure[] {
  return [...origin(answer), ...speeds(answer), ...counts(answer), ...ending(answer)]
}

/** What the person waited, from the question's arrival on: for the first word, and for all. */
export function timesOf({ timings }: Answer): Note | null {
  if (timings === null) return null
  const { queued_seconds: queued, first_token_seconds: first, decode_seconds: decode } = timings
  if (first === null) return null
  const values = { first: brief(queued + first), whole: brief(queued + first + decode) }
  return { key: 'answerTimes.both', values }
}

function origin({ model, provider }: Answer): Figure[] {
  return [
    ...(model === null ? [] : [figure('model', 'as', { value: model })]),
    ...(provider ? [figure('provider', 'leaving', { value: provider })] : []),
  ]
}

function speeds({ timings, thinkingSeconds }: Answer): Figure[] {
  return [
    timed('rate', 'perSecond', timings?.tokens_per_second),
    timed('firstToken', 'seconds', timings?.first_token_seconds),
    timed('queued', 'seconds', timings?.queued_seconds),
    timed('decode', 'seconds', timings?.decode_seconds),
    timed('thinking', 'seconds', thinkingSeconds),
  ].flat()
}

function counts({ usage, droppedTurns }: Answer): Figure[] {
  if (usage === null) return []
  return [
    counted('prompt', usage.prompt_tokens),
    counted('cached', usage.cached_tokens),
    counted('completion', usage.completion_tokens),
    ...priced(usage),
    ...(droppedTurns > 0 ? [figure('dropped', 'as', { value: droppedTurns })] : []),
  ]
}

/** Older servers and most providers do not tell it. */
function priced({ cost, currency }: Usage): Figure[] {
  if (typeof cost !== 'number') return []
  return [figure('cost', 'as', { value: costWords(cost, currency ?? '') })]
}

function ending({ status, finishReason }: Answer): Figure[] {
  const reason = finishReason ?? (status === 'completed' ? null : status)
  return reason === null ? [] : [{ name: 'figures.ending', value: note(`ended.${reason}`, {}) }]
}

function timed(name: string, unit: string, value: number | null | undefined): Figure[] {
  return value === null || value === undefined ? [] : [figure(name, unit, { value: rounded(value) })]
}

const counted = (name: string, value: number): Figure => figure(name, 'tokens', { value })

function figure(name: string, unit: string, values: Note['values']): Figure {
  return { name: `figures.${name}`, value: note(unit, values) }
}

const note = (key: string, values: Note['values']): Note => ({ key: `figures.${key}`, values })

/** Tenths of a second where they matter, and never none at all. */
const brief = (seconds: number): string =>
  seconds < 10 ? Math.max(seconds, 0.1).toFixed(1).replace('.0', '') : String(Math.round(seconds))

/** Two digits of what is small, one behind the point of what is not. */
function rounded(value: number): string {
  return value < 1 ? value.toFixed(2) : value.toFixed(1)
}
