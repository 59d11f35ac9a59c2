/** What is told the server of an account at a provider, from what was typed. Pure. */
import type { ProviderAccount, ProviderPreset, ProviderWords } from '../protocol/catalog'
import { COMPATIBLE, hostOf } from './providers'

/** Without spaces around; an empty address is the preset's own, an empty key none. */
export interface TypedAccount {
  address: string
  key: string
}

/** Whether it makes an account, or changes one: the address alone where there is a key already. */
export function isEnough(
  { address, key }: TypedAccount,
  preset: ProviderPreset,
  account: ProviderAccount | null,
): boolean {
  if (!address && !preset.base_url) return false
  if (key !== '' || !preset.needs_key) return true
  return account !== null && account.has_key && address !== account.base_url
}

/** Of an account that there is, only what is another than before. */
export function wordsOf(
  { address, key }: TypedAccount,
  preset: ProviderPreset,
  account: ProviderAccount | null,
): ProviderWords {
  const isNews = address !== (account?.base_url ?? '')
  return {
    ...(isNews ? { base_url: address } : {}),
    ...(key ? { key } : {}),
    ...(account ? {} : { name: nameOf(address, preset) }),
  }
}

/** A server of one's own is named by its host. */
const nameOf = (address: string, { id, name }: ProviderPreset): string =>
  (id === COMPATIBLE && hostOf(address)) || name
