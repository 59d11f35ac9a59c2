import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useLayersStore } from './layers'

/** Layers by these names lie upon each other; `closed` says which were closed, in this order. */
function setUp(...names: string[]) {
  const layers = useLayersStore()
  const closed: string[] = []
  for (const name of names) {
    const layer = {
      close: () => {
        closed.push(name)
        layers.leave(layer)
      },
    }
    layers.enter(layer)
  }
  return { layers, closed }
}

beforeEach(() => setActivePinia(createPinia()))

it('closes the uppermost alone', () => {
  const { layers, closed } = setUp('drawer', 'sheet')
  expect(layers.closeTop()).toBe(true)
  expect(closed).toEqual(['sheet'])
  expect(layers.count).toBe(1)
})

it('closes several from the top', () => {
  const { layers, closed } = setUp('screen', 'screen above', 'sheet')
  layers.closeTop(2)
  expect(closed).toEqual(['sheet', 'screen above'])
})

it('says when there is nothing to close', () => {
  expect(setUp().layers.closeTop()).toBe(false)
})
