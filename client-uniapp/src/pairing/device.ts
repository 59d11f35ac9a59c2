/** What is shown of a paired device besides its name. */
export type DeviceKind = 'phone' | 'tablet' | 'computer' | 'other'

const KINDS: readonly [RegExp, DeviceKind][] = [
  [/ipad|tablet|平板/i, 'tablet'],
  [/iphone|android|harmony|phone|手机/i, 'phone'],
  [/windows|mac|linux|电脑|computer|laptop/i, 'computer'],
]

/** By its name, which it gave itself or somebody gave it. */
export const kindOf = (name: string): DeviceKind =>
  KINDS.find(([sign]) => sign.test(name))?.[1] ?? 'other'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
/** The server writes down once a minute who is here. */
const NOW = 2 * MINUTE

export interface Seen {
  key: 'now' | 'minutes' | 'hours' | 'days' | 'never'
  count: number
}

/** How long ago; this device's clock may be behind the server's. */
export function seen(at: string | null, now: number): Seen {
  if (at === null) return { key: 'never', count: 0 }
  const ago = now - new Date(at).getTime()
  if (ago < NOW) return { key: 'now', count: 0 }
  if (ago < HOUR) return { key: 'minutes', count: Math.floor(ago / MINUTE) }
  if (ago < DAY) return { key: 'hours', count: Math.floor(ago / HOUR) }
  return { key: 'days', count: Math.floor(ago / DAY) }
}
