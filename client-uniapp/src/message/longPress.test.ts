import { describe, expect, it } from 'vitest'
import type { PressEvent } from './longPress'
import { noPress, press } from './longPress'

const touch = { type: 'touch', x: 100, y: 100, fingers: 1 } as const
const move = (x: number, y: number, fingers = 1) => ({ type: 'move', x, y, fingers }) as const
const time = { type: 'time' } as const

const after = (...events: PressEvent[]) => events.reduce(press, noPress).name

describe('a long press', () => {
  it.each<[string, PressEvent[], string]>([
    ['of a still finger opens the menu', [touch, time], 'held'],
    ['of a trembling finger opens it too', [touch, move(104, 107), time], 'held'],
    ['ends when the finger scrolls', [touch, move(100, 111), time], 'none'],
    ['ends when a second finger comes', [touch, move(100, 100, 2), time], 'none'],
    ['of two fingers is none', [{ ...touch, fingers: 2 }, time], 'none'],
    ['lifted early is a tap', [touch, { type: 'lift' }, time], 'none'],
    ['that the browser takes over ends', [touch, { type: 'cancel' }, time], 'none'],
    ['stays held while the finger wanders off', [touch, time, move(300, 300)], 'held'],
    ['is over once lifted', [touch, time, { type: 'lift' }], 'none'],
  ])('%s', (_name, events, name) => {
    expect(after(...events)).toBe(name)
  })
})
