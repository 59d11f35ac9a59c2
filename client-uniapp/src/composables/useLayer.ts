import { computed, onMounted, onUnmounted } from 'vue'
import { enterDialog } from '../platform/dialogFocus'
import { useLayersStore } from '../stores/layers'

/**
 * Makes the component a layer while it is mounted: the way back and Escape call `close`, and the
 * focus enters it at `first`. What lies below another layer must not be reached, so `isTop` is for
 * its `inert`.
 */
export function useLayer(close: () => void, first: string) {
  const layers = useLayersStore()
  const layer = { close }
  let giveBack: () => void = () => undefined

  layers.enter(layer)
  onMounted(() => (giveBack = enterDialog(first)))
  onUnmounted(() => {
    layers.leave(layer)
    giveBack()
  })
  return { isTop: computed(() => layers.isTop(layer)) }
}
