import { defineStore } from 'pinia'
import { ref } from 'vue'
import { revokeDevice } from '../session/household'
import { storedToken } from '../session/token'
import { useConnectionStore } from './connection'
import { forgetEverything } from './forget'
import { useMeStore } from './me'
import { useToastStore } from './toast'

/** The sheet that says who one is here, and signing out there. */
export const useAccountStore = defineStore('account', () => {
  const connection = useConnectionStore()
  const me = useMeStore()
  const toast = useToastStore()
  const isOpen = ref(false)
  const isSigningOut = ref(false)

  const open = (): void => void (isOpen.value = true)
  const close = (): void => void (isOpen.value = false)

  /**
   * Revokes this device's token, then clears what is kept here. Unreached, nothing changes. The
   * socket may be closed for it before the answer comes, which has the same done already.
   */
  async function signOut(): Promise<void> {
    const device = me.me?.device ?? null
    if (device === null || isSigningOut.value) return
    const token = storedToken()
    isSigningOut.value = true
    const isDone = await revokeDevice(device).then(() => true, toast.tell)
    isSigningOut.value = false
    close()
    if (!isDone || storedToken() !== token) return
    forgetEverything()
    connection.restart()
  }

  return { isOpen, isSigningOut, open, close, signOut }
})
