const FIRST_MS = 500
const LONGEST_MS = 15_000

/**
 * How long to wait before try number `tries` (1 is the first repeat), in milliseconds.
 *
 * Doubles up to a ceiling; `random` in [0, 1) takes up to half of it off, so that the phones of
 * one network do not all come back in the same instant after the server restarts.
 */
export function backoff(tries: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, tries - 1))
  return Math.round(full * (1 - random / 2))
}
