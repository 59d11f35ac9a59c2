import { computed, ref } from 'vue'
import type { Viewport } from '../platform/viewport'
import { onViewport } from '../platform/viewport'

/** The style that fits the page between the top of the window and the keyboard. */
export function useViewport() {
  const viewport = ref<Viewport>({ height: null, offsetTop: 0, keyboard: 0 })
  onViewport((next) => (viewport.value = next))

  const style = computed(() => {
    const { height, offsetTop, keyboard } = viewport.value
    return {
      height: height === null ? '100%' : `${height}px`,
      transform: offsetTop > 0 ? `translateY(${offsetTop}px)` : 'none',
      paddingBottom: `${keyboard}px`,
    }
  })
  return { viewport, style }
}
