/**
 * The sampling options that a person may set, within what the server takes. Whatever is not set is
 * left to the model.
 */
import type { Options } from '../protocol/frames'
import { RANGES, STOP_LETTERS, STOP_STRINGS } from './ranges'

export type NumberName =
  | 'temperature'
  | 'max_new_tokens'
  | 'top_p'
  | 'top_k'
  | 'min_p'
  | 'repetition_penalty'
  | 'presence_penalty'
  | 'frequency_penalty'
  | 'seed'

/** What a number may be, and how it is stepped through. */
export interface NumberRange {
  min: number
  max: number
  /** How far one press on plus or minus goes. */
  step: number
  isWhole: boolean
  /** Where plus and minus begin while nothing is set. */
  usual: number
}

export interface NumberKnob extends NumberRange {
  kind: 'number'
  name: NumberName
}

export type Knob =
  | NumberKnob
  | { kind: 'thinking'; name: 'enable_thinking' }
  | { kind: 'words'; name: 'stop' }

export type OptionName = Knob['name']
export type OptionValue = number | boolean | string[]
/** What was set; nothing else is named. */
export type ChosenOptions = Pick<Options, OptionName>

/** Where the least is not taken itself, this much above it is the first value that is shown. */
const JUST_ABOVE = 0.01

function number(name: NumberName, step: number, usual: number): Knob {
  const range = RANGES[name]
  const min = 'min' in range ? range.min : range.above + JUST_ABOVE
  return { kind: 'number', name, min, max: range.max, step, isWhole: range.isWhole, usual }
}

/** Those that most people look for, then those for who knows them. */
export const USUAL_KNOBS: readonly Knob[] = [
  number('temperature', 0.1, 0.7),
  number('max_new_tokens', 256, 2048),
  { kind: 'thinking', name: 'enable_thinking' },
]
export const OTHER_KNOBS: readonly Knob[] = [
  number('top_p', 0.05, 0.9),
  number('top_k', 5, 40),
  number('min_p', 0.01, 0.05),
  number('repetition_penalty', 0.05, 1.1),
  number('presence_penalty', 0.1, 0),
  number('frequency_penalty', 0.1, 0),
  number('seed', 1, 42),
  { kind: 'words', name: 'stop' },
]
const KNOBS = [...USUAL_KNOBS, ...OTHER_KNOBS]

/** The number that was typed, or null where it is none or outside of what the server takes. */
export function readNumber(typed: string, { min, max, isWhole }: NumberRange): number | null {
  const plain = typed.normalize('NFKC').trim().replace(',', '.')
  const number = plain === '' ? NaN : Number(plain)
  if (!(number >= min && number <= max)) return null
  return isWhole && !Number.isInteger(number) ? null : number
}

/** One step further, on the grid that `step` makes, and never outside. */
export function stepped(value: number | null, range: NumberRange, direction: 1 | -1): number {
  if (value === null) return range.usual
  const { min, max, step } = range
  const next = (Math.round(value / step) + direction) * step
  return Math.min(max, Math.max(min, Number(next.toFixed(6))))
}

/** One stop string a line; the line's own spaces count, since a model writes them, too. */
export function readWords(typed: string): string[] | null {
  const words = typed.split('\n').filter((line) => line !== '')
  return words.length <= STOP_STRINGS && words.every((word) => word.length <= STOP_LETTERS)
    ? words
    : null
}

/** What is left of something stored: only what the server would take. */
export function knownOptions(stored: unknown): ChosenOptions {
  if (typeof stored !== 'object' || stored === null) return {}
  const values = new Map<string, unknown>(Object.entries(stored))
  const known = KNOBS.flatMap((knob) => {
    const value = values.get(knob.name)
    return isTaken(knob, value) ? [[knob.name, value]] : []
  })
  return Object.fromEntries(known) as ChosenOptions
}

/** With one of them set, or left to the model again. */
export function withOption(
  options: ChosenOptions,
  name: OptionName,
  value: OptionValue | null,
): ChosenOptions {
  const left = Object.entries(options).filter(([other]) => other !== name)
  const set = value === null ? [] : [[name, value] as const]
  return knownOptions(Object.fromEntries([...left, ...set]))
}

function isTaken(knob: Knob, value: unknown): boolean {
  if (knob.kind === 'number') {
    return typeof value === 'number' && readNumber(String(value), knob) !== null
  }
  if (knob.kind === 'thinking') return typeof value === 'boolean'
  if (!Array.isArray(value) || value.length === 0) return false
  return value.every((word) => typeof word === 'string') && readWords(value.join('\n')) !== null
}
