import { frameBytes } from '../../protocol/frameSize'
import type { Limits } from '../../protocol/frames'

/** Ids, model name and the frame's own marks need some of the room. */
const ENVELOPE_BYTES = 1_024

/** By how much a text exceeds what the server takes in one frame, in KB; null where it fits. */
export function oversize(
  content: string,
  limits: Limits | null,
): { size: number; limit: number } | null {
  if (limits === null) return null
  const limit = limits.frame_bytes - ENVELOPE_BYTES
  if (content.length * 4 <= limit) return null
  const bytes = frameBytes({ type: 'send', client_msg_id: '', content })
  return bytes <= limit ? null : { size: Math.ceil(bytes / 1024), limit: Math.floor(limit / 1024) }
}
