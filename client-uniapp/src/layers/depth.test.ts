import { expect, it } from 'vitest'
import type { DepthEffect, DepthEvent } from './depth'
import { startAt, step } from './depth'

const want = (depth: number): DepthEvent => ({ type: 'want', depth })
const at = (depth: number): DepthEvent => ({ type: 'at', depth })

/** What the events have as effects, one after the other, in a history that begins at `actual`. */
function effectsOf(actual: number, ...events: DepthEvent[]): DepthEffect[] {
  let depth = startAt(actual)
  return events.flatMap((event) => {
    const [next, effects] = step(depth, event)
    depth = next
    return effects
  })
}

it('gives every layer an entry', () => {
  expect(effectsOf(0, want(1), want(3))).toEqual([
    { type: 'push', depth: 1 },
    { type: 'push', depth: 2 },
    { type: 'push', depth: 3 },
  ])
})

it('closes the uppermost layer on the way back', () => {
  expect(effectsOf(0, want(2), at(1), want(1)).slice(2)).toEqual([{ type: 'close', count: 1 }])
})

it('closes several when the browser jumps back over them', () => {
  expect(effectsOf(0, want(3), at(0), want(0)).slice(3)).toEqual([{ type: 'close', count: 3 }])
})

it('takes the entries of closed layers away', () => {
  expect(effectsOf(0, want(2), want(0), at(0)).slice(2)).toEqual([{ type: 'go', delta: -2 }])
})

it('lets a layer that takes the place of another have its entry', () => {
  expect(effectsOf(0, want(1), want(1))).toEqual([{ type: 'push', depth: 1 }])
})

it('waits for the browser before it opens what was wanted meanwhile', () => {
  expect(effectsOf(0, want(1), want(0), want(1)).slice(1)).toEqual([{ type: 'go', delta: -1 }])
  expect(effectsOf(0, want(1), want(0), want(1), at(0)).slice(2)).toEqual([
    { type: 'push', depth: 1 },
  ])
})

it('undoes a step forward to what is no longer open', () => {
  expect(effectsOf(0, want(1), at(0), want(0), at(1)).slice(2)).toEqual([{ type: 'go', delta: -1 }])
})

it('drops the entries that a reload has left', () => {
  expect(effectsOf(2, want(1), at(1))).toEqual([{ type: 'go', delta: -1 }])
})

it('keeps those whose screens a reload has opened again', () => {
  expect(effectsOf(2, want(2))).toEqual([])
})
