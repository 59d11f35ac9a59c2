/** What is asked of the server about its models and about those that can be added. */
import type {
  FoundModel,
  ModelChanges,
  NewModel,
  Offer,
  ProviderAccount,
  ProviderModel,
  Providers,
  ProviderWords,
} from '../protocol/catalog'
import type { OfferedModel } from '../protocol/rest'
import { call } from './call'

/** The server measures its computer, looks through its disk, or asks somebody far away. */
const SLOW_MS = 60_000

export const loadModel = (model: string): Promise<OfferedModel> =>
  call('POST', '/models/load', { model })

export const addModel = (wanted: NewModel): Promise<OfferedModel> =>
  call('POST', '/models', wanted, SLOW_MS)

export const changeModel = (id: string, changes: ModelChanges): Promise<OfferedModel> =>
  call('PATCH', `/models/${inPath(id)}`, changes)

export const removeModel = (id: string, withFiles: boolean): Promise<unknown> =>
  call('DELETE', `/models/${inPath(id)}${withFiles ? '?files=1' : ''}`)

export const fetchOffer = (): Promise<Offer> => call('GET', '/models/offer', undefined, SLOW_MS)

export const fetchFound = (): Promise<{ found: FoundModel[] }> =>
  call('GET', '/models/found', undefined, SLOW_MS)

export const fetchProviders = (): Promise<Providers> => call('GET', '/providers')

export const addProvider = (words: ProviderWords & { preset: string }): Promise<ProviderAccount> =>
  call('POST', '/providers', words)

export const changeProvider = (id: string, words: ProviderWords): Promise<ProviderAccount> =>
  call('PATCH', `/providers/${id}`, words)

export const removeProvider = (id: string): Promise<unknown> => call('DELETE', `/providers/${id}`)

export const fetchProviderModels = (id: string): Promise<{ models: ProviderModel[] }> =>
  call('GET', `/providers/${id}/models`, undefined, SLOW_MS)

/** A model's id may hold slashes, which stay what they are. */
const inPath = (id: string): string => id.split('/').map(encodeURIComponent).join('/')
