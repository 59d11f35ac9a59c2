import { scan } from '../platform/scan'
import { addressTrouble } from '../session/addressTrouble'
import { readAddress } from '../platform/serverAddress'
import { reach } from '../session/reach'
import { useConnectionStore } from '../stores/connection'
import { changeServer } from '../stores/forget'
import { usePairingStore } from '../stores/pairing'
import { useToastStore } from '../stores/toast'

/** Where a scanned code leads: to its server, which it pairs this device with. */
export function useScan() {
  const connection = useConnectionStore()
  const pairing = usePairingStore()
  const toast = useToastStore()

  /** Talks to the server there from now on, paired by `code` if there is one. */
  async function go(origin: string, code: string | null): Promise<void> {
    changeServer(() => connection.moveTo(origin))
    await pairing.begin(code)
  }

  async function scanned(): Promise<void> {
    const found = await scan()
    const read = readAddress(found ?? '')
    if (!('origin' in read)) return
    const reached = await reach(read.origin)
    if ('origin' in reached) return go(reached.origin, read.code)
    toast.show(`address.${addressTrouble(reached.trouble, read.origin)}`, { guide: read.origin })
  }

  return { go, scanned }
}
