import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import { readOwnTab, writeOwnTab } from '../platform/ownStorage'
import { useConversationStore } from './conversation'

const KEY = 'quote'

/**
 * What the next message answers to; it belongs to the conversation on the screen, and is there
 * again after a reload.
 */
export const useQuoteStore = defineStore('quote', () => {
  const conversation = useConversationStore()
  const text = ref(recall(conversation.conversation.id))

  function put(quoted: string): void {
    text.value = quoted.trim()
    writeOwnTab(KEY, JSON.stringify([conversation.conversation.id, text.value]))
  }

  const clear = (): void => put('')

  watch(() => conversation.conversation.id, clear)
  return { text, put, clear, forget: clear }
})

/** What was quoted in the conversation with this id, if it was the last. */
function recall(conversation: string | null): string {
  const stored = readOwnTab(KEY)
  if (typeof stored !== 'string' || stored === '') return ''
  const [id, text]: [string | null, string] = JSON.parse(stored)
  return id === conversation ? text : ''
}
