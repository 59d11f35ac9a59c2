import { defineStore } from 'pinia'
import { ref } from 'vue'
import { revokeDevice } from '../session/members'
import { useConnectionStore } from './connection'
import { forgetEverything } from './forget'
import { useMeStore } from './me'
import { useToastStore } from './toast'

/** The sheet of the signed-in member, and signing out there. */
export const useAccountStore = defineStore(
  'account',
  () => {
    const connection = useConnectionStore()
    const me = useMeStore()
    const toast = useToastStore()
    const isOpen = ref(false)
    const isSigningOut = ref(false)

    const open = (): void => void (isOpen.value = true)
    const close = (): void => void (isOpen.value = false)

    /** Revokes this device's token, then clears what is kept here. Unreached, nothing changes. */
    async function signOut(): Promise<void> {
      const device = me.me?.device ?? null
      if (device === null || isSigningOut.value) return
      isSigningOut.value = true
      const isDone = await revokeDevice(device).then(() => true, toast.showFailure)
      isSigningOut.value = false
      close()
      if (!isDone) return
      forgetEverything()
      connection.restart()
    }

    return { isOpen, isSigningOut, open, close, signOut }
  },
  { retained: 'only whether its sheet is open' },
)
