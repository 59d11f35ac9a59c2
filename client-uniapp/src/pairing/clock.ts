/** What is left of a time, as a clock counts it down. */
export function countdown(seconds: number): string {
  const rest = String(seconds % 60).padStart(2, '0')
  return `${Math.floor(seconds / 60)}:${rest}`
}

/** Six digits as they are read out and compared. */
export const inThrees = (digits: string): string => `${digits.slice(0, 3)} ${digits.slice(3)}`

/** The day and the time by this device's clock, as `locale` writes them: `12月3日 04:00`. */
export function dayAndTime(at: Date, locale: string): string {
  const day = { month: 'short', day: 'numeric' } as const
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  return at.toLocaleString(locale, { ...day, ...time })
}
