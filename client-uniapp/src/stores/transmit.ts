import type { ClientFrame } from '../protocol/frames'
import { useConnectionStore } from './connection'

/** Sends the frames in this order; the connection keeps what it cannot send yet. */
export const transmit = (frames: ClientFrame[]): void =>
  frames.forEach((frame) => useConnectionStore().send(frame))
