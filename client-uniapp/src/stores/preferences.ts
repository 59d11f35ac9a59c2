import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import type { ChosenOptions } from '../options/knobs'
import { knownOptions } from '../options/knobs'
import type { Language } from '../platform/language'
import { systemLanguage } from '../platform/language'
import { readStored, writeStored } from '../platform/storage'
import type { Theme } from '../platform/theme'
import { onSystemTheme, systemTheme } from '../platform/theme'

/** The first of each is what holds until somebody chooses. */
export const LANGUAGES = ['system', 'zh', 'en'] as const
export const THEMES = ['system', 'light', 'dark'] as const
export const TEXT_SIZES = ['normal', 'small', 'large', 'huge'] as const
export const ENTER_KEYS = ['device', 'send', 'line'] as const
export const THINKINGS = ['brief', 'open', 'folded'] as const

export type LanguageChoice = (typeof LANGUAGES)[number]
export type ThemeChoice = (typeof THEMES)[number]
export type TextSize = (typeof TEXT_SIZES)[number]
/** `device`: Enter sends on a keyboard and makes a line on a phone. */
export type EnterChoice = (typeof ENTER_KEYS)[number]
/** `brief`: the thinking's end is shown while it lasts, then it is folded. */
export type ThinkingChoice = (typeof THINKINGS)[number]

/** What this person likes on this device; `system` follows the device. */
export const usePreferencesStore = defineStore(
  'preferences',
  () => {
    const languageChoice = ref<LanguageChoice>(storedChoice('language', LANGUAGES))
    const themeChoice = ref<ThemeChoice>(storedChoice('theme', THEMES))
    const textSize = ref<TextSize>(storedChoice('textSize', TEXT_SIZES))
    const enterKey = ref<EnterChoice>(storedChoice('enterKey', ENTER_KEYS))
    const thinking = ref<ThinkingChoice>(storedChoice('thinking', THINKINGS))
    /** How answers are sampled when this device asks. */
    const options = ref<ChosenOptions>(knownOptions(readStored('options')))
    const deviceTheme = ref<Theme>(systemTheme())
    onSystemTheme((theme) => (deviceTheme.value = theme))

    const language = computed<Language>(() =>
      languageChoice.value === 'system' ? systemLanguage() : languageChoice.value,
    )
    const theme = computed<Theme>(() =>
      themeChoice.value === 'system' ? deviceTheme.value : themeChoice.value,
    )

    watch(languageChoice, (choice) => writeStored('language', choice))
    watch(themeChoice, (choice) => writeStored('theme', choice))
    watch(textSize, (choice) => writeStored('textSize', choice))
    watch(enterKey, (choice) => writeStored('enterKey', choice))
    watch(thinking, (choice) => writeStored('thinking', choice))
    watch(options, (chosen) => writeStored('options', chosen))

    return { languageChoice, themeChoice, textSize, enterKey, thinking, options, language, theme }
  },
  { retained: 'how the page looks and answers, nothing of anybody’s conversations' },
)

function storedChoice<Choice extends string>(
  key: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const stored = readStored(key)
  return choices.find((choice) => choice === stored) ?? choices[0]
}
