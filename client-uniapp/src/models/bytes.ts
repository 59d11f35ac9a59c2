const MEGABYTE = 1_000_000
const GIGABYTE = 1_000_000_000

/** A number of bytes for people, in decimal units as hubs and phones tell them: `491 MB`, `2.5 GB`. */
export function bytesWords(bytes: number): string {
  if (bytes < GIGABYTE) return `${Math.round(bytes / MEGABYTE)} MB`
  return `${(bytes / GIGABYTE).toFixed(1)} GB`
}

/** How much of a whole, in the unit of the whole: `167/491 MB`, `1.2/2.5 GB`. */
export function shareWords(done: number, total: number): string {
  if (total < GIGABYTE) {
    return `${Math.floor(done / MEGABYTE)}/${Math.floor(total / MEGABYTE)} MB`
  }
  return `${(done / GIGABYTE).toFixed(1)}/${(total / GIGABYTE).toFixed(1)} GB`
}

/** `5.2 MB/s`, `340 KB/s`. */
export function rateWords(bytesPerSecond: number): string {
  if (bytesPerSecond < MEGABYTE) return `${Math.round(bytesPerSecond / 1000)} KB/s`
  return `${(bytesPerSecond / MEGABYTE).toFixed(1)} MB/s`
}
