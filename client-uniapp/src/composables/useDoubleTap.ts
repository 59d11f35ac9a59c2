import type { Ref } from 'vue'
import { onScopeDispose, ref } from 'vue'

/** The second tap of a double tap comes sooner than that. */
export const DOUBLE_TAP_MS = 500

/** `isPossible` for a moment after each `begin`: what a button turned into then is not meant. */
export function useDoubleTap(): { isPossible: Ref<boolean>; begin: () => void } {
  const isPossible = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  function begin(): void {
    clearTimeout(timer)
    isPossible.value = true
    timer = setTimeout(() => (isPossible.value = false), DOUBLE_TAP_MS)
  }

  onScopeDispose(() => clearTimeout(timer))
  return { isPossible, begin }
}
