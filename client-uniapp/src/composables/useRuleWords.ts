import { useI18n } from 'vue-i18n'
import type { Knob, OptionValue } from '../options/knobs'
import { isUsable, restricted, restrictionOf, within } from '../options/rules'
import type { Model } from '../protocol/frames'

/** How the current model differs in what it takes of a sampling option, and why. */
export function useRuleWords(model: () => Model | null) {
  const { t } = useI18n()

  const limits = (knob: Knob): Knob => restricted(knob, restrictionOf(model(), knob.name))

  /** Why it cannot be set at all. */
  function refusal({ name }: Knob): string | undefined {
    const restriction = restrictionOf(model(), name)
    if (restriction === null || isUsable(restriction)) return undefined
    return t(`rule.${restriction.reason}`, { model: model()?.name ?? '' })
  }

  /** The bounds that are narrower than usual, and what is sent in place of a value outside. */
  function bounds(knob: Knob, value: OptionValue | null): string {
    const restriction = restrictionOf(model(), knob.name)
    const narrow = limits(knob)
    if (restriction === null || narrow.kind !== 'number' || !isUsable(restriction)) return ''
    const values = { min: narrow.min, max: narrow.max, model: model()?.name ?? '' }
    const taken = within(value, restriction)
    if (value === null || taken === value) return t('rule.bounds', values)
    return t('rule.brought', { ...values, value: String(taken) })
  }

  return { limits, refusal, bounds }
}
