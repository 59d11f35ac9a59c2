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

/** What kind of model it is, in lines of few words. */
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

  function traitLines(model: Described): string[] {
    const figures = traits(model).map(({ key, values }) => t(key, values))
    return [figures, [...languageWords(model), ...abilityWords(model)]]
      .filter((words) => words.length > 0)
      .map((words) => words.join(' · '))
  }

  return { traitLines }
}
