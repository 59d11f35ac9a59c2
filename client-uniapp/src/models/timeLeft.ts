import type { Note } from '../locale/note'
import type { ModelDownload } from '../protocol/frames'

const MINUTE = 60
const HOUR = 3600

/** How long a download still takes at its present rate; null where that is not known. */
export function timeLeft(download: ModelDownload | null): Note | null {
  if (!download?.bytes_per_second || download.paused) return null
  const seconds = (download.total - download.done) / download.bytes_per_second
  if (seconds < MINUTE) return left('seconds', Math.max(1, Math.ceil(seconds)))
  if (seconds < HOUR) return left('minutes', Math.ceil(seconds / MINUTE))
  return left('hours', Math.ceil(seconds / HOUR))
}

const left = (unit: string, count: number): Note => ({ key: `model.left.${unit}`, values: { count } })
