import type { AddressTrouble } from '../platform/serverAddress'
import type { Unreached } from './reach'

export type Trouble = AddressTrouble | Unreached | 'local'

const THIS_PHONE = /\/\/(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:|$)/

/** What to say of a server that was not found. The classic mistake is the computer's own name. */
export function addressTrouble(reached: Unreached, origin: string): Trouble {
  return reached === 'unreachable' && THIS_PHONE.test(origin) ? 'local' : reached
}
