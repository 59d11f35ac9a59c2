import { nextTick, onScopeDispose, ref, watch } from 'vue'
import { useConversationStore } from '../stores/conversation'
import { useSeekStore } from '../stores/seek'

/** So long is the message marked; meanwhile pictures and formulas above it may still arrive. */
const MARKED_MS = 2_500

/** How a message that was sought is brought into sight: see `useTail` and `useFollow`. */
export interface Guide {
  /** Draws the message with this index. What it answers is drawn with it. */
  reach(index: number): void
  goTo(id: string): Promise<void>
}

/** Goes to the message somebody seeks as soon as it is there; `marked` is its id for a while. */
export function useSought({ reach, goTo }: Guide) {
  const conversation = useConversationStore()
  const seek = useSeekStore()
  const marked = ref<string | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  async function show(): Promise<void> {
    const id = seek.sought
    const index = conversation.messages.findIndex((message) => message.id === id)
    if (id === null || index < 0) return
    seek.sought = null
    marked.value = id
    clearTimeout(timer)
    timer = setTimeout(() => (marked.value = null), MARKED_MS)
    await nextTick()
    reach(Math.max(0, index - 1))
    await nextTick()
    await goTo(id)
  }

  /** True while it kept a marked message in its place. */
  function stay(): boolean {
    if (marked.value !== null) void goTo(marked.value)
    return marked.value !== null
  }

  watch(() => [seek.sought, conversation.messages], show, { immediate: true, flush: 'post' })
  onScopeDispose(() => clearTimeout(timer))
  return { marked, stay }
}
