/** Takes back what a server has told this device: for good, or as long as another one is here. */
import { dropOfflinePage } from '../platform/offlinePage'
import { isOfOthers } from '../platform/ownStorage'
import { forgetStored } from '../platform/storage'
import { forgetToken } from '../session/token'
import { useConversationStore } from './conversation'
import { useCatalogStore } from './catalog'
import { recall } from './kept'
import { useDevicesStore } from './devices'
import { useExportsStore } from './exports'
import { useImportsStore } from './imports'
import { useLibraryStore } from './library'
import { useMeStore } from './me'
import { useMembersStore } from './members'
import { usePersonasStore } from './personas'
import { usePromptsStore } from './prompts'
import { useProvidersStore } from './providers'
import { useQuoteStore } from './quote'
import { useScreensStore } from './screens'
import { useSearchStore } from './search'
import { useToastStore } from './toast'

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
  const conversation = useConversationStore()
  conversation.startNew()
  conversation.draft = ''
  putAway()
  forgetToken()
  void dropOfflinePage()
  forgetStored((key) => KEPT.includes(key) || isOfOthers(key))
}

/** `change` makes another server the one that is here, and its things are shown. */
export function changeServer(change: () => void): void {
  const conversation = useConversationStore()
  conversation.save()
  putAway()
  change()
  const seen = recall()
  conversation.conversation = seen.conversation
  conversation.draft = seen.draft
  conversation.isUnseen = false
  conversation.isOpening = false
  useLibraryStore().recall()
}

function putAway(): void {
  useScreensStore().closeAll()
  useToastStore().close()
  useQuoteStore().clear()
  useLibraryStore().forget()
  useExportsStore().forget()
  useImportsStore().forget()
  useSearchStore().type('')
  usePersonasStore().forget()
  usePromptsStore().forget()
  useMeStore().forget()
  useDevicesStore().forget()
  useMembersStore().forget()
  useCatalogStore().forget()
  useProvidersStore().forget()
}
