import { defineStore } from 'pinia'
import { unsentFrames } from '../protocol/resume'
import type { ConversationChanges, StoredConversation } from '../protocol/rest'
import { changeConversation, createConversation } from '../session/http'
import { useConversationStore } from './conversation'
import { forgetNew } from './kept'
import { useToastStore } from './toast'

/** The persona, the system prompt and the options of the conversation on the screen. */
export const useConversationSettingsStore = defineStore(
  'conversationSettings',
  () => {
    const shown = useConversationStore()
    const toast = useToastStore()

    /**
     * Also before the first question: the conversation is then made without messages. Whether the
     * server has stored it; false while a question is on its way.
     */
    async function configure(changes: ConversationChanges): Promise<boolean> {
      const { id } = shown.conversation
      if (unsentFrames(shown.conversation).length > 0) {
        toast.show('toast.onItsWay')
        return false
      }
      const call = id === null ? createConversation(changes) : changeConversation(id, changes)
      const stored = await call.catch(toast.showFailure)
      if (!stored) return false
      if (id === null) forgetNew()
      if (shown.conversation.id !== id) return true
      shown.change({ ...shown.conversation, ...settingsOf(stored) })
      return true
    }

    return { configure }
  },
  { retained: 'holds no data of its own' },
)

function settingsOf(stored: StoredConversation) {
  const { id, revision, persona, options, system_prompt: systemPrompt } = stored
  return { id, revision, persona, options, systemPrompt }
}
