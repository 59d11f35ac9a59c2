/** This screen's pairing request, kept so that a reload shows the same digits. */
import { readOwn, removeOwn, writeOwn } from '../platform/ownStorage'
import type { PairingRequest } from '../protocol/members'

const KEY = 'pairingRequest'

/** `endsAt` is a time of this device's clock. */
export interface KeptRequest extends Pick<PairingRequest, 'request' | 'digits'> {
  endsAt: number
}

export function keepRequest({ request, digits, seconds }: PairingRequest): KeptRequest {
  const kept = { request, digits, endsAt: Date.now() + 1000 * seconds }
  writeOwn(KEY, kept)
  return kept
}

export const dropRequest = (): void => removeOwn(KEY)

/** Null where there is none, or its time is over. */
export function keptRequest(): KeptRequest | null {
  const kept = readOwn(KEY)
  return isRequest(kept) && kept.endsAt > Date.now() ? kept : null
}

function isRequest(value: unknown): value is KeptRequest {
  return typeof value === 'object' && value !== null && 'request' in value && 'endsAt' in value
}
