import { sizeToDownload } from './howFar'
import { isEnglishOnly } from './spoken'
import type { Model } from '../protocol/frames'
import type { OfferedModel } from '../protocol/rest'
import type { Note } from '../locale/note'

/** What is worth knowing of a model in a word or a number, in the order in which it is shown. */
export function modelFacts(model: Model, activity: OfferedModel | null): Note[] {
  const facts: Note[] = []
  const size = model.state === 'absent' ? sizeToDownload(model) : ''
  if (size !== '') facts.push(fact('download', { size }))
  if (activity && activity.running > 0) facts.push(fact('running', { count: activity.running }))
  if (activity && activity.waiting > 0) facts.push(fact('waiting', { count: activity.waiting }))
  const rate = activity?.tokens_per_second ?? null
  if (rate !== null) facts.push(fact('speed', { rate: rate.toFixed(rate < 10 ? 1 : 0) }))
  if (model.context_tokens !== null) {
    facts.push(fact('context', { tokens: shortNumber(model.context_tokens) }))
  }
  if (isEnglishOnly(model)) facts.push(fact('english', {}))
  return facts
}

/** 32768 tokens are shown as 32K, as on the models' own cards. */
export function shortNumber(tokens: number): string {
  if (tokens < 1024) return String(tokens)
  return tokens % 1024 === 0 ? `${tokens / 1024}K` : `${(tokens / 1000).toFixed(1)}k`
}

const fact = (name: string, values: Note['values']): Note => ({ key: `models.facts.${name}`, values })
