/**
 * The address that somebody typed or scanned, where the page has none of its own. Pure.
 *
 * People type what the computer's terminal shows, with a phone's keyboard: spaces, full-width
 * colons and dots, no scheme, no port, or a whole link with what follows the port.
 */
export type AddressTrouble = 'empty' | 'unreadable' | 'scheme'

/** `code` pairs this device, where the link carried one. */
export type ReadAddress = { origin: string; code: string | null } | { trouble: AddressTrouble }

/** Where `serve` listens by default. */
const USUAL_PORT = ':8000'
const FULL_WIDTH: Record<string, string> = { '：': ':', '。': '.', '．': '.', '／': '/' }
const PARTS = /^(?:([a-z][a-z\d+.-]*):\/\/)?([\w.-]+|\[[\da-f:]+\])(?::(\d{1,5}))?(?:[/?#].*)?$/i

export function readAddress(typed: string): ReadAddress {
  const text = typed.replace(/\s/g, '').replace(/[：。．／]/g, (sign) => FULL_WIDTH[sign] ?? sign)
  if (text === '') return { trouble: 'empty' }
  const [, scheme, host, port] = PARTS.exec(text) ?? []
  if (host === undefined || Number(port ?? 1) > 65_535) return { trouble: 'unreadable' }
  const spoken = schemeOf(scheme)
  if (spoken === null) return { trouble: 'scheme' }
  const unsaid = scheme === undefined ? USUAL_PORT : ''
  const origin = `${spoken}://${host.toLowerCase()}${port ? `:${port}` : unsaid}`
  return { origin, code: pairCodeOf(text) }
}

/** The one-time code in a link that pairs. */
export function pairCodeOf(link: string): string | null {
  return /#pair=([\w-]{1,64})$/.exec(link)?.[1] ?? null
}

function schemeOf(scheme = 'http'): 'http' | 'https' | null {
  if (/^(https|wss)$/i.test(scheme)) return 'https'
  return /^(http|ws)$/i.test(scheme) ? 'http' : null
}
