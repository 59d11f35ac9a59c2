import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'

/** A drawer, a sheet or a screen that lies over the chat; going back closes it. */
export interface Layer {
  close(): void
}

/** The layers over the chat, the uppermost last. */
export const useLayersStore = defineStore(
  'layers',
  () => {
    const layers = shallowRef<Layer[]>([])
    const count = computed(() => layers.value.length)

    function enter(layer: Layer): void {
      layers.value = [...layers.value, layer]
    }

    function leave(layer: Layer): void {
      layers.value = layers.value.filter((other) => other !== layer)
    }

    const isTop = (layer: Layer): boolean => layers.value[count.value - 1] === layer

    /** The uppermost first. False where nothing was open. */
    function closeTop(most = 1): boolean {
      const closing = [...layers.value].reverse().slice(0, most)
      closing.forEach((layer) => layer.close())
      return closing.length > 0
    }

    return { count, enter, leave, isTop, closeTop }
  },
  { retained: 'each layer leaves when its component does' },
)
