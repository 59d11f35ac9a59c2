import { defineStore } from 'pinia'
import { ref } from 'vue'
import { useConversationStore } from './conversation'
import { useNavigationStore } from './navigation'

/** Where a message is; without `message` the conversation alone is meant. */
export interface MessageLocation {
  conversation: string
  title: string
  message: string | null
}

/** The message somebody wants to see in the conversation on the screen, until it was shown. */
export const useSeekStore = defineStore('seek', () => {
  const shown = useConversationStore()
  const navigation = useNavigationStore()
  const sought = ref<string | null>(null)

  /** Opens the conversation, and chooses the branch that the message is in. */
  async function seek({ conversation: id, title, message }: MessageLocation): Promise<void> {
    sought.value = message
    await navigation.open(id, title)
    if (message === null || sought.value !== message || isShown(message)) return
    if (shown.conversation.id === id && !shown.isRunning) await navigation.choose(message)
    if (sought.value === message && !isShown(message)) sought.value = null
  }

  function isShown(message: string): boolean {
    return shown.messages.some(({ id }) => id === message)
  }

  const forget = (): void => void (sought.value = null)

  return { sought, seek, forget }
})
