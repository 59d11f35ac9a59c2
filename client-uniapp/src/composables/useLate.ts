import type { Ref } from 'vue'
import { onScopeDispose, ref, watch } from 'vue'

/** True once `source` has been true for `ms`: what passes quickly is not worth a notice. */
export function useLate(source: () => boolean, ms: number): Ref<boolean> {
  const isLate = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  const follow = (isTrue: boolean) => {
    clearTimeout(timer)
    if (isTrue) timer = setTimeout(() => (isLate.value = true), ms)
    else isLate.value = false
  }
  watch(source, follow, { immediate: true })
  onScopeDispose(() => clearTimeout(timer))
  return isLate
}
