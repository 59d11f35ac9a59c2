import { dropOfflinePage } from '../platform/offlinePage'
import { isOfOthers } from '../platform/ownStorage'
import { forgetStored } from '../platform/storage'
import { forgetToken } from '../session/token'
import { useConversationStore } from './conversation'
import { forgetStores } from './forgetPlugin'
import { useLibraryStore } from './library'

/** How the page looks and where the server is; nothing of anybody's conversations. */
const KEPT = [
  'language',
  'theme',
  'textSize',
  'enterKey',
  'thinking',
  'server',
  'model',
  'options',
  'remoteProviders',
]

/** The token and every text, on the screen, in memory and in the storage; another server's stay. */
export function forgetEverything(): void {
  forgetStores()
  forgetToken()
  void dropOfflinePage()
  forgetStored((key) => KEPT.includes(key) || isOfOthers(key))
}

/** `change` makes another server the one that is here, and what was kept of that one is shown. */
export function changeServer(change: () => void): void {
  useConversationStore().save()
  forgetStores()
  change()
  useConversationStore().recall()
  useLibraryStore().recall()
}
