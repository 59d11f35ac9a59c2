import { useI18n } from 'vue-i18n'
import type { LimitName } from '../pairing/limits'
import type { MemberLimits } from '../protocol/members'

/** How limits are worded; `usual` says what holds where a member has none of their own. */
export function useLimitWords(usual: () => MemberLimits | null) {
  const { t } = useI18n()

  const words = (name: LimitName, limit: number): string =>
    limit === 0 ? t('limits.none') : t(`limits.values.${name}`, { count: limit })

  function unset(name: LimitName): string {
    const limit = usual()?.[name]
    if (limit === undefined) return t('limits.usual')
    return t('limits.usualIs', { value: words(name, limit) })
  }

  const stands = (name: LimitName, own: number | null | undefined): string =>
    own === null || own === undefined ? unset(name) : words(name, own)

  return { stands, unset }
}
