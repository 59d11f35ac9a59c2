import { defineStore } from 'pinia'
import { emptyConversation } from '../protocol/conversation'
import { leaveFrames, resumeFrames, unsentFrames } from '../protocol/resume'
import { changeConversation } from '../session/http'
import { useConversationStore } from './conversation'
import { recallNew, recallOne } from './kept'
import { putOut } from './outbox'
import { useSyncStore } from './sync'
import { useToastStore } from './toast'
import { transmit } from './transmit'

/** Which conversation, and which branch of it, is on the screen. */
export const useNavigationStore = defineStore(
  'navigation',
  () => {
    const shown = useConversationStore()
    const sync = useSyncStore()
    const toast = useToastStore()

    /** Runs of the one before go on, and what was typed for a new one is there again. */
    function startNew(): void {
      leave()
      shown.draft = recallNew()
      shown.change(emptyConversation())
    }

    /** Ends once the server has sent what it has, or could not. */
    async function open(id: string, title = ''): Promise<void> {
      if (id === shown.conversation.id) return
      leave()
      const seen = recallOne(id)
      shown.draft = seen?.draft ?? ''
      shown.isUnseen = seen === null
      shown.change(seen?.conversation ?? { ...emptyConversation(), id, title })
      transmit(resumeFrames(shown.conversation))
      await sync.refresh()
    }

    /** Shows the branch that ends with the message `leaf`, on all devices. */
    async function choose(leaf: string): Promise<void> {
      const { id } = shown.conversation
      if (id === null) return
      const chosen = await changeConversation(id, { leaf }).catch(toast.showFailure)
      if (chosen) await sync.refresh()
    }

    function leave(): void {
      shown.save()
      shown.isUnseen = false
      putOut(unsentFrames(shown.conversation))
      transmit(leaveFrames(shown.conversation))
    }

    return { startNew, open, choose }
  },
  { retained: 'holds no data of its own' },
)
