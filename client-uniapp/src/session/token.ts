/**
 * The token by which a server knows this device. It is kept with that server's name, and shown
 * only where the server at hand has proven to be the one that gave it.
 */
import { serverOrigin } from '../platform/address'
import { readOwn, removeOwn, serverHere, writeOwn } from '../platform/ownStorage'

const TOKEN = 'token'
const DEVICE = 'device'

/** Where the proof was given, and by which server. */
let proven: string | null = null

const here = (): string => `${serverOrigin()} ${serverHere()}`

/** For the server at hand, or null where that would be a stranger to it. */
export const readToken = (): string | null => (proven === here() ? storedToken() : null)

/** To be shown to nobody before they have proven to know it. */
export const storedToken = (): string | null => text(readOwn(TOKEN))

/** What the server calls the device that the token is for. */
export const storedDevice = (): string | null => text(readOwn(DEVICE))

/** The server at hand has just given it. */
export function keepToken(token: string, device: string): void {
  writeOwn(TOKEN, token)
  writeOwn(DEVICE, device)
  prove()
}

export function forgetToken(): void {
  removeOwn(TOKEN)
  removeOwn(DEVICE)
}

export const prove = (): void => void (proven = here())
export const disprove = (): void => void (proven = null)

const text = (stored: unknown): string | null =>
  typeof stored === 'string' && stored !== '' ? stored : null
