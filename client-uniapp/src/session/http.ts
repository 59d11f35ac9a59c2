/** What the chat asks of the server's REST API; pairing.ts and members.ts ask the rest. */
import type {
  ConversationPage,
  ConversationChanges,
  HitPage,
  OfferedModel,
  Persona,
  Personas,
  PersonaWords,
  ServerConnection,
  Shelf,
  StoredConversation,
  Tree,
} from '../protocol/rest'
import { wholeText } from '../protocol/wholeText'
import { call } from './call'

export const fetchConversations = (shelf: Shelf, cursor: string | null): Promise<ConversationPage> =>
  call('GET', `/conversations?state=${shelf}${after(cursor)}`)

export const fetchTree = (id: string): Promise<Tree> => call('GET', `/conversations/${id}/messages`)

export const changeConversation = (
  id: string,
  changes: ConversationChanges,
): Promise<StoredConversation> => call('PATCH', `/conversations/${id}`, changes)

export const deleteConversation = (id: string): Promise<StoredConversation> =>
  call('DELETE', `/conversations/${id}`)

export const restoreConversation = (id: string): Promise<StoredConversation> =>
  call('POST', `/conversations/${id}/restore`, {})

export const createConversation = (changes: ConversationChanges): Promise<StoredConversation> =>
  call('POST', '/conversations', changes)

export const searchFor = (words: string, cursor: string | null): Promise<HitPage> =>
  call('GET', `/search?q=${encodeURIComponent(wholeText(words))}${after(cursor)}`)

export const fetchPersonas = (): Promise<Personas> => call('GET', '/personas')

export const createPersona = (words: PersonaWords & { id?: string }): Promise<Persona> =>
  call('POST', '/personas', words)

export const changePersona = (id: string, words: PersonaWords): Promise<Persona> =>
  call('PATCH', `/personas/${id}`, words)

export const deletePersona = (id: string): Promise<unknown> => call('DELETE', `/personas/${id}`)

export const fetchModels = (): Promise<{ models: OfferedModel[] }> => call('GET', '/models')

export const fetchConnection = (): Promise<ServerConnection> => call('GET', '/connection')

/** The page after the one that gave this `next`. */
const after = (cursor: string | null): string =>
  cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
