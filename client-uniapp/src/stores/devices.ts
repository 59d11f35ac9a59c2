import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { PairedDevice } from '../protocol/members'
import { fetchDevices, renameDevice, revokeDevice } from '../session/members'
import { useToastStore } from './toast'

/** The paired devices this one may see: its member's, or the owner's view of all. */
export const useDevicesStore = defineStore('devices', () => {
  const toast = useToastStore()
  const list = shallowRef<PairedDevice[]>([])

  async function load(): Promise<void> {
    const reply = await fetchDevices().catch(toast.showFailure)
    if (reply) list.value = reply.devices
  }

  /** The devices paired since the last call; none where the server is out of reach. */
  async function loadNew(): Promise<PairedDevice[]> {
    const reply = await fetchDevices().catch(() => null)
    if (reply === null) return []
    const known = new Set(list.value.map(({ id }) => id))
    list.value = reply.devices
    return reply.devices.filter(({ id }) => !known.has(id))
  }

  async function rename(id: string, name: string): Promise<void> {
    if (await renameDevice(id, name).catch(toast.showFailure)) await load()
  }

  /** This device itself learns it as any other does: the server sends it away. */
  async function revoke({ id, name, current }: PairedDevice): Promise<void> {
    const isDone = await revokeDevice(id).then(() => true, toast.showFailure)
    if (!isDone || current) return
    toast.show('devices.revoked', { name })
    await load()
  }

  const forget = (): void => void (list.value = [])

  return { list, load, loadNew, rename, revoke, forget }
})
