/** What kind of model it is, whatever it does just now. Pure. */
import type { Note } from '../locale/note'
import type { Ability, Model } from '../protocol/frames'
import { bytesWords } from './bytes'
import { isEnglishOnly } from './spoken'

type Described = Pick<Model, 'languages' | 'licence' | 'quantisation'> & {
  size: number | null
  memory?: number | null
}

/** Languages with a name of their own in the locale, in the order in which they are shown. */
const NAMED = ['zh', 'en', 'ja', 'ko', 'fr', 'de', 'es', 'ru'] as const
const MOST_NAMED = 2

/** Its size, how it is stored, what it takes of the memory, and its licence. */
export function traits({ size, memory, quantisation, licence }: Described): Note[] {
  return [
    ...(size ? [trait('size', { size: bytesWords(size) })] : []),
    ...(quantisation ? [trait('as', { value: quantisation })] : []),
    ...(memory ? [trait('memory', { size: bytesWords(memory) })] : []),
    ...(licence ? [trait('licence', { value: licence })] : []),
  ]
}

/** What it can beside writing; empty of an ordinary one. */
export const abilityNotes = (abilities: readonly Ability[]): Note[] =>
  abilities.map((ability) => ({ key: `ability.${ability}`, values: {} }))

/** The languages that a locale has names for, and how many there are in all. */
export function spokenLanguages({ languages }: Pick<Model, 'languages'>): {
  named: string[]
  count: number
} {
  const named = NAMED.filter((tag) => languages.includes(tag)).slice(0, MOST_NAMED)
  return { named, count: languages.length }
}

/** English alone is shown as a warning elsewhere. */
export const hasLanguages = (model: Pick<Model, 'languages'>): boolean =>
  spokenLanguages(model).named.length > 0 && !isEnglishOnly(model)

const trait = (name: string, values: Note['values']): Note => ({ key: `trait.${name}`, values })
