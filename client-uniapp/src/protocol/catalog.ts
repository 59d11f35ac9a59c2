/** What the server's REST API answers the owner about models that can be added. */
import type { Ability } from './frames'

/** Whether a model can be run on the server's computer. */
export type FitVerdict = 'fits' | 'tight' | 'too_large' | 'no_disk'

/** `memory` in bytes; the rate is what this computer is expected to write. */
export interface Fit {
  verdict: FitVerdict
  memory: number
  tokens_per_second: number | null
}

/** A model that can be downloaded; `listed` is its id where the list has it already. */
export interface OfferedEntry {
  id: string
  name: string
  spec: string
  size: number
  quantisation: string
  context_tokens: number | null
  licence: string
  languages: string[]
  is_base: boolean
  abilities: Ability[]
  /** What it is for cannot be done here yet. */
  unusable: string | null
  fit: Fit
  listed: string | null
  recommended: boolean
}

export interface Offer {
  /** Null where the system does not tell. */
  memory: { available: number | null; total: number | null }
  disk: { free: number }
  entries: OfferedEntry[]
}

/** A model that is on the server's computer already, or on a server that runs there. */
export interface FoundModel {
  spec: string
  name: string
  origin: string
  size: number | null
  quantisation: string
  address: string | null
  listed: string | null
  /** Why it cannot be chatted with, in words. */
  unsuitable: string | null
}

/** A provider that this server knows how to speak to. */
export interface ProviderPreset {
  id: string
  name: string
  key_url: string
  /** Null where everybody has an address of their own. */
  base_url: string | null
  needs_key: boolean
  /** The environment variable its key may come from. */
  variable: string
  notes: string
}

/** An account at a provider; its key never comes here. */
export interface ProviderAccount {
  id: string
  preset: string
  name: string
  base_url: string
  has_key: boolean
  key_from: 'stored' | 'environment' | null
}

export interface Providers {
  presets: ProviderPreset[]
  providers: ProviderAccount[]
}

export interface ProviderModel {
  id: string
  name: string
  context_tokens: number | null
  abilities: Ability[]
}

export interface NewModel {
  spec: string
  provider?: string
  name?: string
  owner_only?: boolean
  default?: boolean
}

/** What is named is changed. */
export interface ModelChanges {
  default?: true
  owner_only?: boolean
  download?: 'paused' | 'running'
  loaded?: false
}

export interface ProviderWords {
  name?: string
  base_url?: string
  key?: string
}
