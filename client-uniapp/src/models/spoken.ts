/** Which languages a model speaks, as far as that is known. */
import type { Model } from '../protocol/frames'
import type { Language } from '../platform/language'

type Spoken = Pick<Model, 'languages'>

/** The language in which to ask: the page's own, or English of a model that speaks no other. */
export function languageToAsk(model: Spoken | null, page: Language): Language {
  const languages = languagesOf(model)
  const isForeign = languages.length > 0 && !languages.includes(page)
  return isForeign && languages.includes('en') ? 'en' : page
}

export function isEnglishOnly(model: Spoken): boolean {
  const languages = languagesOf(model)
  return languages.length > 0 && languages.every((language) => language === 'en')
}

/** None is known of a server older than the field. */
function languagesOf(model: Partial<Spoken> | null): string[] {
  return model?.languages ?? []
}
