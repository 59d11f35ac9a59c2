/** What a device that is not known yet may ask, and who it is once it is. */
import type { PairingRequest, Me, Paired, PairingProgress } from '../protocol/members'
import { call } from './call'
import { HttpFailure } from './failure'

/** The code of a QR picture for a token. */
export const redeemCode = (code: string, name: string): Promise<Paired> =>
  call('POST', '/pair', { code, name })

/** A member's name and password in place of a code. */
export const signInAs = (member: string, password: string, name: string): Promise<Paired> =>
  call('POST', '/pair/password', { member, password, name })

/** Six digits for a screen that cannot scan. */
export const requestDigits = (name: string): Promise<PairingRequest> =>
  call('POST', '/pair/request', { name })

/** How far the request is; with `confirm`, once it is approved, this device's token. */
export const claimPairing = (
  request: string,
  confirm: boolean,
): Promise<Paired | PairingProgress> => call('POST', '/pair/claim', { request, confirm })

/** Cancels the request, or declines whose device this would become. Unreached, it runs out. */
export async function declinePairing(request: string): Promise<void> {
  await call('POST', '/pair/decline', { request }).catch((failure) => {
    if (!(failure instanceof HttpFailure)) throw failure
  })
}

export const fetchMe = (): Promise<Me> => call('GET', '/me')
