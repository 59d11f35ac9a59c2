/**
 * Questions on their way: sent again after every connection until the server has accepted or
 * refused them, also after a reload and from another tab. Each has its `client_msg_id`, so that
 * however often it is sent the server begins one run.
 */
import { readOwn, writeOwn } from '../platform/ownStorage'
import type { ClientFrame, Regenerate, Send, ServerFrame } from '../protocol/frames'

type Asking = Send | Regenerate

const KEY = 'outbox'

/** What waits of other conversations than the one on the screen. */
export const askedElsewhere = (isShown: (key: string) => boolean): ClientFrame[] =>
  outboxFrames().filter(({ client_msg_id: key }) => !isShown(key))

function outboxFrames(): Asking[] {
  const stored = readOwn(KEY)
  return Array.isArray(stored) ? stored.filter(isAsking) : []
}

export function putOut(frames: Asking[]): void {
  const known = new Set(outboxFrames().map(({ client_msg_id: key }) => key))
  const added = frames.filter(({ client_msg_id: key }) => !known.has(key))
  if (added.length > 0) writeOwn(KEY, [...outboxFrames(), ...added])
}

/** Whether it was in there: answered, or given up before it left. */
export function takeOut(key: string | undefined): boolean {
  const waiting = outboxFrames()
  const left = waiting.filter(({ client_msg_id: other }) => other !== key)
  if (left.length === waiting.length) return false
  writeOwn(KEY, left)
  return true
}

/** Takes out what the frame answers. Its run goes on without a reader if nobody looks at it. */
export function settle(frame: ServerFrame, isShown: (key: string) => boolean): ClientFrame[] {
  if (frame.type !== 'accepted' && frame.type !== 'error') return []
  const key = frame.client_msg_id
  if (!takeOut(key ?? undefined) || frame.type === 'error' || isShown(frame.client_msg_id)) return []
  return [{ type: 'detach', run: frame.run }]
}

function isAsking(value: unknown): value is Asking {
  return typeof value === 'object' && value !== null && 'client_msg_id' in value
}
