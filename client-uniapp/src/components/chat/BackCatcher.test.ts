import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { useLayersStore } from '../../stores/layers'
import BackCatcher from './BackCatcher.vue'

/** So many layers are open. */
async function setUp(count: number) {
  const layers = useLayersStore()
  const catcher = mount(BackCatcher).vm
  for (let at = 0; at < count; at++) {
    const layer = { close: () => layers.leave(layer) }
    layers.enter(layer)
  }
  await nextTick()
  return { layers, catcher }
}

beforeEach(() => setActivePinia(createPinia()))

it('lets the way back leave a page over which nothing lies', async () => {
  const { catcher } = await setUp(0)
  expect(catcher.isShown).toBe(false)
})

it('closes a layer in its own place and waits for the next way back', async () => {
  const { layers, catcher } = await setUp(2)
  expect(catcher.isShown).toBe(true)
  await catcher.close()
  expect(layers.count).toBe(1)
  expect(catcher.isShown).toBe(true)
  await catcher.close()
  expect(layers.count).toBe(0)
  expect(catcher.isShown).toBe(false)
})
