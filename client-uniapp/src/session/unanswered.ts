/**
 * The questions sent over one socket that the server has neither accepted nor refused. It takes
 * one frame after the other, so a refusal that names nothing is of the oldest of them.
 */
import type { ClientFrame, ServerFrame } from '../protocol/frames'

export class Unanswered {
  private keys: string[] = []

  sent(frame: ClientFrame): void {
    if (!('client_msg_id' in frame)) return
    const key = frame.client_msg_id
    if (!this.keys.includes(key)) this.keys.push(key)
  }

  /** The frame with the name of what it answers, where that can be read. */
  named(frame: ServerFrame): ServerFrame {
    if (frame.type !== 'accepted' && frame.type !== 'error') return frame
    const named = frame.type === 'error' ? this.withName(frame) : frame
    this.keys = this.keys.filter((key) => key !== named.client_msg_id)
    return named
  }

  private withName<Refusal extends { run?: string | null; client_msg_id?: string | null }>(
    refusal: Refusal,
  ): Refusal {
    const oldest = this.keys[0]
    if (refusal.run || refusal.client_msg_id || oldest === undefined) return refusal
    return { ...refusal, client_msg_id: oldest }
  }
}
