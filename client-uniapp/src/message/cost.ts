const SIGNS: Record<string, string> = { CNY: '¥', USD: '$', EUR: '€', GBP: '£' }
const CENT = 0.01

/**
 * What an answer cost, such as `¥0.12`. Less than a cent is shown with its first two digits, since
 * most answers cost that little.
 */
export function costWords(cost: number, currency: string): string {
  const sign = SIGNS[currency] ?? (currency === '' ? '' : `${currency} `)
  return sign + (cost > 0 && cost < CENT ? smallNumber(cost) : cost.toFixed(2))
}

/** Never as a power of ten. */
function smallNumber(cost: number): string {
  const digits = Math.min(8, 1 - Math.floor(Math.log10(cost)))
  return cost.toFixed(digits).replace(/0+$/, '')
}
