import type { ClientFrame, ServerFrame } from '../protocol/frames'
import { useAskingStore } from '../stores/asking'
import { useConnectionStore } from '../stores/connection'
import { useConversationStore } from '../stores/conversation'
import { useConversationSettingsStore } from '../stores/conversationSettings'
import { useNavigationStore } from '../stores/navigation'
import { useRunControlStore } from '../stores/runControl'
import { useSyncStore } from '../stores/sync'
import { activatePinia } from './pinia'

/** The stores of a conversation as after a load of the page, and the frames that they send. */
export function conversationPage() {
  activatePinia()
  const sent: ClientFrame[] = []
  useConnectionStore().send = (frame) => void sent.push(frame)
  const store = useConversationStore()
  const sync = useSyncStore()
  return {
    ...{ store, sync, sent },
    asking: useAskingStore(),
    navigation: useNavigationStore(),
    runs: useRunControlStore(),
    settings: useConversationSettingsStore(),
    /** The key of the last message. */
    key: () => store.messages[store.messages.length - 1]?.key ?? '',
    receive: (...frames: ServerFrame[]) => sync.receive(frames),
  }
}
