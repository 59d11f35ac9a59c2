/** What is sent to the server about an account at a provider, from what was typed. Pure. */
import type { ProviderAccount, ProviderPreset, ProviderWords } from '../protocol/catalog'
import { COMPATIBLE, hostOf } from './providers'

/** Without spaces around; an empty address is the preset's own, an empty key none. */
export interface TypedAccount {
  address: string
  key: string
}

/** Whether it makes an account, or changes one: the address alone where its key stays. */
export function isEnough(
  { address, key }: TypedAccount,
  preset: ProviderPreset,
  account: ProviderAccount | null,
): boolean {
  if (!address && !preset.base_url) return false
  if (key !== '' || !preset.needs_key) return true
  if (account === null || !account.has_key || address === account.base_url) return false
  return !losesKey(address, preset, account)
}

/** The server forgets an account's key when the address becomes that of another server. */
export function losesKey(
  address: string,
  preset: ProviderPreset,
  account: ProviderAccount | null,
): boolean {
  if (!account?.has_key) return false
  const home = originsOf(account.base_url || preset.base_url)
  return originsOf(address || preset.base_url).some((one) => !home.includes(one))
}

/** Scheme, host and port of each; one model may be asked at several addresses. */
function originsOf(addresses: string | null): string[] {
  const each = (addresses ?? '').split('|')
  return each.map((one) => {
    const origin = /^https?:\/\/[^/?#]+/i.exec(one.trim())?.[0].toLowerCase() ?? ''
    return origin.replace(/^(https:.*):443$|^(http:.*):80$/, '$1$2')
  })
}

/** Of an account that there is, only what is another than before. */
export function wordsOf(
  { address, key }: TypedAccount,
  preset: ProviderPreset,
  account: ProviderAccount | null,
): ProviderWords {
  const isChanged = address !== (account?.base_url ?? '')
  return {
    ...(isChanged ? { base_url: address } : {}),
    ...(key ? { key } : {}),
    ...(account ? {} : { name: nameOf(address, preset) }),
  }
}

/** A server of one's own is named by its host. */
const nameOf = (address: string, { id, name }: ProviderPreset): string =>
  (id === COMPATIBLE && hostOf(address)) || name
