/**
 * What the current model makes of the sampling options. A preference is kept as it was set, whatever
 * model is current; what is sent is only what that model takes. Pure.
 */
import type { Model, OptionReason, OptionRule, Options } from '../protocol/frames'
import type { Knob } from './knobs'

/** Why an option is not what it usually is, and what is left of it. */
export interface Restriction {
  reason: OptionReason
  /** With neither it cannot be used at all. */
  low: number | null
  high: number | null
}

type Ruled = Pick<Model, 'option_rules'> | null

export function restrictionOf(model: Ruled, name: string): Restriction | null {
  const rule = model?.option_rules.find((one) => one.name === name)
  return rule ? { reason: rule.reason, low: rule.low, high: rule.high } : null
}

export const isUsable = (restriction: Restriction | null): boolean =>
  restriction === null || restriction.low !== null || restriction.high !== null

/** The knob within the model's bounds. */
export function restricted(knob: Knob, restriction: Restriction | null): Knob {
  if (restriction === null || knob.kind !== 'number') return knob
  const min = Math.max(knob.min, restriction.low ?? knob.min)
  const max = Math.min(knob.max, restriction.high ?? knob.max)
  return { ...knob, min, max, usual: Math.min(max, Math.max(min, knob.usual)) }
}

/** The part of a frame that says how to sample; without one it is left to the model. */
export function toSend(options: Options, model: Ruled): { options?: Options } {
  const taken = takenOptions(options, model)
  return Object.keys(taken).length > 0 ? { options: taken } : {}
}

/** What is sent: without what the model cannot, and with numbers brought into its bounds. */
export function takenOptions(options: Options, model: Ruled): Options {
  const rules = new Map((model?.option_rules ?? []).map((rule) => [rule.name, rule]))
  const taken = Object.entries(options).flatMap(([name, value]) => {
    const rule = rules.get(name)
    if (!rule) return [[name, value]]
    return isUsable(rule) ? [[name, within(value, rule)]] : []
  })
  return Object.fromEntries(taken) as Options
}

/** What is not a number has no bounds. */
export function within<Value>(value: Value, { low, high }: Pick<OptionRule, 'low' | 'high'>) {
  if (typeof value !== 'number') return value
  return Math.min(high ?? value, Math.max(low ?? value, value))
}
