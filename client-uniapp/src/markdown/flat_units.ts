import type { Block } from './blocks'
import { flatten, type Flat } from './flatten'
import type { Unit } from './units'

/**
 * The blocks of each unit, numbered on from `key`, in the `open` folds. What another follows gets no
 * more text.
 */
export function flatUnits(
  units: readonly Unit[],
  key: number,
  final: boolean,
  open: readonly number[] = [],
): Flat[] {
  let next = key
  let folds = open
  return units.map(({ token }, index): Flat => {
    const flat = flatten(token, next, final || index < units.length - 1, folds)
    next += flat.blocks.length
    folds = flat.folds
    return flat
  })
}

export function blocksOf(flats: readonly Flat[]): readonly Block[] {
  return flats.flatMap(({ blocks }) => blocks)
}
