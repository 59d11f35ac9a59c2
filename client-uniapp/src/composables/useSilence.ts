import { computed, onScopeDispose, ref, watch } from 'vue'
import type { Silence } from '../message/silenceNote'
import type { Answer } from '../protocol/conversation'
import { useConnectionStore } from '../stores/connection'

export const SHORT_MS = 1_500
export const LONG_MS = 5_000
/** The server's answer to a ping is there before a long silence is spoken of. */
const ASK_MS = LONG_MS - 1_000

/** How long nothing has come of the answer, and whether the server was heard in that time. */
export function useSilence(answer: () => Answer) {
  const connection = useConnectionStore()
  const silence = ref<Silence>('none')
  const since = ref(Date.now())
  let timers: ReturnType<typeof setTimeout>[] = []

  function begin(): void {
    stop()
    silence.value = 'none'
    since.value = Date.now()
    timers = [
      setTimeout(() => (silence.value = 'short'), SHORT_MS),
      setTimeout(() => connection.measure(), ASK_MS),
      setTimeout(() => (silence.value = 'long'), LONG_MS),
    ]
  }

  const stop = (): void => timers.forEach(clearTimeout)
  watch(() => [answer().seq, answer().status, answer().queue], begin, { immediate: true })
  onScopeDispose(stop)

  const isHeard = computed(() => connection.heardAt >= since.value)
  return { silence, isHeard }
}
