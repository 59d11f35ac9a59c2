import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { announceLanguage } from '../platform/language'
import { paintBehindPage } from '../platform/theme'
import { usePreferencesStore } from '../stores/preferences'

/** Puts language and theme into effect; the answer is the classes that carry colours and sizes. */
export function useAppearance() {
  const preferences = usePreferencesStore()
  const { locale } = useI18n()

  watch(
    () => preferences.language,
    (language) => {
      locale.value = language
      announceLanguage(language)
    },
    { immediate: true },
  )
  watch(() => preferences.theme, paintBehindPage, { immediate: true })

  return computed(() => `theme-${preferences.theme} type-${preferences.textSize}`)
}
