import { useI18n } from 'vue-i18n'
import { abilityNotes, hasLanguages, spokenLanguages, traits } from '../models/traits'
import type { Ability } from '../protocol/frames'

interface Described {
  size: number | null
  memory?: number | null
  quantisation: string
  licence: string
  languages: string[]
  abilities: Ability[]
}

/** What kind of model it is: in figures, and what it speaks and can do; each in a few words. */
export function useTraitWords() {
  const { t } = useI18n()

  function languageWords(model: Described): string[] {
    if (!hasLanguages(model)) return []
    const { named, count } = spokenLanguages(model)
    const names = named.map((tag) => t(`language.${tag}`)).join(t('language.between'))
    return [count > named.length ? t('language.more', { names, count }) : names]
  }

  const abilityWords = (model: Described): string[] =>
    abilityNotes(model.abilities).map(({ key }) => t(key))

  const figureWords = (model: Described): string[] =>
    traits(model).map(({ key, values }) => t(key, values))

  const skillWords = (model: Described): string[] => [
    ...languageWords(model),
    ...abilityWords(model),
  ]

  return { figureWords, skillWords }
}
