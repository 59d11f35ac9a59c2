import { watch } from 'vue'
import { localeOf } from '../platform/language'
import { socketAddress } from '../platform/address'
import { drawn } from '../platform/drawn'
import { onNetwork } from '../platform/network'
import { keepOfflinePage } from '../platform/offlinePage'
import { onPairCode, takePairCode } from '../platform/pairCode'
import { onHide, onMove, onWake } from '../platform/wake'
import type { ClientHello, ServerFrame } from '../protocol/frames'
import { PROTOCOL_VERSION } from '../protocol/frames'
import { FrameBatch } from '../session/frameBatch'
import { onUnpaired, speak } from '../session/call'
import { onMeeting } from '../session/meeting'
import { readToken } from '../session/token'
import { useConnectionStore } from '../stores/connection'
import { useConversationStore } from '../stores/conversation'
import { changeServer, forgetEverything } from '../stores/forget'
import { useLibraryStore } from '../stores/library'
import { useMeStore } from '../stores/me'
import { useModelsStore } from '../stores/models'
import { usePairingStore } from '../stores/pairing'
import { usePreferencesStore } from '../stores/preferences'
import { useSyncStore } from '../stores/sync'

/** At most this often is a growing answer stored; a page that is hidden stores it at once. */
const SAVE_EVERY_MS = 1_000

/** Joins the socket and the stores, once, when the app starts. */
export function useSession(): void {
  const connection = useConnectionStore()
  const sync = useSyncStore()
  const library = useLibraryStore()
  const me = useMeStore()
  const models = useModelsStore()
  const pairing = usePairingStore()
  const preferences = usePreferencesStore()

  const batch = new FrameBatch(async (frames) => {
    sync.receive(frames)
    await drawn()
  })

  function onFrame(frame: ServerFrame): void {
    connection.receive(frame)
    pairing.receive(frame)
    library.receive(frame)
    models.receive(frame)
    if (frame.type === 'hello') enter()
    batch.push(frame)
  }

  /** The server has let this device in. */
  function enter(): void {
    void me.load()
    keepOfflinePage()
  }

  function greeting(): ClientHello {
    const locale = localeOf(preferences.language)
    const token = readToken()
    const shown = token === null ? {} : { token }
    return { type: 'hello', protocol: PROTOCOL_VERSION, ...shown, locale }
  }

  speak(localeOf(preferences.language))
  connection.connect({
    address: socketAddress,
    greeting,
    resume: sync.resume,
    onFrame,
    onUnpaired: pairing.refuse,
  })
  onUnpaired(pairing.refuse)
  onMeeting({ onOther: changeServer, onGone: forgetEverything })
  void pairing.begin(takePairCode())
  onPairCode((code) => void pairing.redeem(code))
  // The server writes its errors in the language of the last greeting.
  watch(
    () => preferences.language,
    (language) => {
      speak(localeOf(language))
      connection.send(greeting())
    },
  )
  keepConversation(batch)
  onWake(() => {
    connection.wake()
    if (pairing.isUnpaired) connection.start()
  })
  onMove(connection.move)
  onNetwork(connection.setNetwork)
}

function keepConversation(batch: FrameBatch): void {
  const store = useConversationStore()
  let timer: ReturnType<typeof setTimeout> | undefined
  const saveNow = () => {
    clearTimeout(timer)
    timer = undefined
    store.save()
  }
  const saveSoon = () => {
    timer ??= setTimeout(saveNow, SAVE_EVERY_MS)
  }
  watch(() => [store.conversation, store.draft], saveSoon)
  onHide(() => void batch.flush().then(saveNow))
}
