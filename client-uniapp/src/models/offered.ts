/** What is shown of models that can be added. Pure. */
import type { Note } from '../locale/note'
import type { FoundModel, OfferedEntry } from '../protocol/catalog'
import { bytesWords } from './bytes'
import { shortNumber } from './modelFacts'

/** What is known of how it would run here. */
export function entryFacts({ context_tokens: context, fit }: OfferedEntry): Note[] {
  const rate = fit.tokens_per_second
  return [
    ...(rate === null ? [] : [fact('speed', { rate: rate < 10 ? rate.toFixed(1) : rate.toFixed(0) })]),
    fact('memory', { size: bytesWords(fit.memory) }),
    ...(context === null ? [] : [fact('context', { tokens: shortNumber(context) })]),
  ]
}

/** Not for chatting, and what it is for cannot be done here yet. */
export const isUseless = ({ unusable, abilities }: OfferedEntry): boolean =>
  unusable !== null && abilities.includes('embeddings')

/** Neither what is of no use here yet, nor what would not fit. */
export const isAddable = (entry: OfferedEntry): boolean =>
  !isUseless(entry) && ['fits', 'tight'].includes(entry.fit.verdict)

/** Those that are recommended first, else in the server's order. */
export const inOrder = (entries: readonly OfferedEntry[]): OfferedEntry[] => [
  ...entries.filter(({ recommended }) => recommended),
  ...entries.filter(({ recommended }) => !recommended),
]

/** Where it is and how large; a server of this computer has an address in place of a size. */
export function foundWords({ origin, address, size, quantisation }: FoundModel): string[] {
  return [origin, address ?? '', size === null ? '' : bytesWords(size), quantisation].filter(Boolean)
}

const fact = (name: string, values: Note['values']): Note => ({ key: `offer.${name}`, values })
