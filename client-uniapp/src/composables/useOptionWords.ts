import { useI18n } from 'vue-i18n'
import type { ChosenOptions, Knob, OptionValue } from '../options/knobs'

/** How sampling options are worded; `below` says what holds where one is not set. */
export function useOptionWords(below: () => ChosenOptions) {
  const { t } = useI18n()

  function words(value: OptionValue): string {
    if (Array.isArray(value)) return value.join('  ')
    if (typeof value === 'boolean') return t(value ? 'sampling.on' : 'sampling.off')
    return String(value)
  }

  /** What holds without a choice: that of this device, else the model's own. */
  function unset({ name }: Knob): string {
    const inherited = below()[name] ?? null
    if (inherited === null) return t('sampling.own')
    return t('sampling.inherited', { value: words(inherited) })
  }

  function stands(knob: Knob, options: ChosenOptions): string {
    const value = options[knob.name] ?? null
    return value === null ? unset(knob) : words(value)
  }

  return { unset, stands }
}
