/** What a device that is not known yet may ask, and who it is once it is. */
import type { Knocking, Me, Paired } from '../protocol/household'
import { call } from './call'

/** The code of a QR picture for a token. */
export const redeemCode = (code: string, name: string): Promise<Paired> =>
  call('POST', '/pair', { code, name })

/** A member's name and password in place of a code. */
export const signInAs = (member: string, password: string, name: string): Promise<Paired> =>
  call('POST', '/pair/password', { member, password, name })

/** Six digits for a screen that cannot scan. */
export const requestDigits = (name: string): Promise<Knocking> =>
  call('POST', '/pair/request', { name })

/** Null as long as nobody has let this screen in. */
export const claimPairing = (request: string): Promise<Paired | null> =>
  call<Paired | { approved: false }>('POST', '/pair/claim', { request }).then((told) =>
    'token' in told ? told : null,
  )

export const fetchMe = (): Promise<Me> => call('GET', '/me')
