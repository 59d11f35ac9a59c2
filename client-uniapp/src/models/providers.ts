/** What the owner is asked of a provider, and how its models are named. Pure. */
import type { ProviderAccount, ProviderModel, ProviderPreset } from '../protocol/catalog'
import type { Model } from '../protocol/frames'

/** Any server that speaks the protocol; its address is all that is known of it. */
export const COMPATIBLE = 'openai_compatible'

const MOST_SHOWN = 40

/** Where nobody else can know the address, or it is a server of one's own. */
export const needsAddress = ({ base_url: base, needs_key: isKeyed }: ProviderPreset): boolean =>
  !base || !isKeyed

/** As in the settings: the provider's preset, then its own name for the model. */
export const specOf = ({ preset }: ProviderAccount, model: string): string => `${preset}/${model}`

/**
 * The account's model in the server's list; null also where another account of the same name may be
 * whose it is.
 */
export function listedOf(
  list: readonly Model[],
  account: ProviderAccount,
  accounts: readonly ProviderAccount[],
  model: string,
): Model | null {
  const isAmbiguous = accounts.filter(({ name }) => name === account.name).length > 1
  if (isAmbiguous) return null
  const spec = specOf(account, model)
  return list.find(({ id, provider }) => id === spec && provider === account.name) ?? null
}

export interface Matches {
  shown: ProviderModel[]
  /** How many more there are than a list on a phone is good for. */
  left: number
}

/** The models whose name or id holds all of the words. */
export function matching(models: readonly ProviderModel[], words: string): Matches {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = models.filter(({ id, name }) => {
    const text = `${id} ${name}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
  return { shown: found.slice(0, MOST_SHOWN), left: Math.max(0, found.length - MOST_SHOWN) }
}

/** The host names an account of which nothing else is known; null where there is none to read. */
export function hostOf(address: string): string | null {
  return /^https?:\/\/([^/?#]+)/i.exec(address)?.[1] ?? null
}

/** Whether what is asked there stays on the server's own computer. */
export function isOwnComputer(address: string): boolean {
  const host = hostOf(address)?.replace(/:\d+$/, '') ?? ''
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host)
}

/** An address of a server alone, without the model on it. */
export const isServerAddress = (typed: string): boolean =>
  hostOf(typed) !== null && !typed.includes('#')
