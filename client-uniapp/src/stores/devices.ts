import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { PairedDevice } from '../protocol/household'
import { fetchDevices, renameDevice, revokeDevice } from '../session/household'
import { useToastStore } from './toast'

/** The paired devices this one may see: its member's, or the owner's view of all. */
export const useDevicesStore = defineStore('devices', () => {
  const toast = useToastStore()
  const list = shallowRef<PairedDevice[]>([])

  async function load(): Promise<void> {
    const told = await fetchDevices().catch(toast.tell)
    if (told) list.value = told.devices
  }

  /** Those who came since it was asked last; out of reach nobody did. */
  async function newcomers(): Promise<PairedDevice[]> {
    const told = await fetchDevices().catch(() => null)
    if (told === null) return []
    const known = new Set(list.value.map(({ id }) => id))
    list.value = told.devices
    return told.devices.filter(({ id }) => !known.has(id))
  }

  async function rename(id: string, name: string): Promise<void> {
    if (await renameDevice(id, name).catch(toast.tell)) await load()
  }

  /** This device itself learns it as any other does: the server sends it away. */
  async function revoke({ id, name, current }: PairedDevice): Promise<void> {
    const isDone = await revokeDevice(id).then(() => true, toast.tell)
    if (!isDone || current) return
    toast.show('devices.revoked', { name })
    await load()
  }

  const forget = (): void => void (list.value = [])

  return { list, load, newcomers, rename, revoke, forget }
})
