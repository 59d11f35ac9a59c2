import { onScopeDispose, ref } from 'vue'
import { onWide } from '../platform/width'

/** Whether the list of conversations stands beside the chat. */
export function useWide() {
  const isWide = ref(false)
  onScopeDispose(onWide((now) => (isWide.value = now)))
  return isWide
}
