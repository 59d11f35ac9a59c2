import { computed, watch } from 'vue'
import { useI18n } from 'vue-i18n'
import { followBrowserText } from '../platform/browserText'
import { announceLanguage } from '../platform/language'
import { paintBehindPage } from '../platform/theme'
import { usePreferencesStore } from '../stores/preferences'

/** Puts language, theme and the browser's text size into effect; the answer is the classes that carry colours and sizes. */
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
  followBrowserText()
  watch(() => preferences.theme, paintBehindPage, { immediate: true })

  return computed(() => `theme-${preferences.theme} type-${preferences.textSize}`)
}
