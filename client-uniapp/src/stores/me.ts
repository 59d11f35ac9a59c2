import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Me } from '../protocol/household'
import { fetchMe } from '../session/pairing'

/** Who this device is to the server, which decides what is shown of devices and members. */
export const useMeStore = defineStore('me', () => {
  const me = shallowRef<Me | null>(null)
  const role = computed(() => (me.value?.pairing ? me.value.role : 'visitor'))
  const owns = computed(() => role.value === 'owner')
  const invites = computed(() => owns.value || role.value === 'member')
  const hasDevices = computed(() => role.value !== 'visitor')

  /** Out of reach it stays who it was. */
  async function load(): Promise<void> {
    me.value = (await fetchMe().catch(() => null)) ?? me.value
  }

  const forget = (): void => void (me.value = null)

  return { me, owns, invites, hasDevices, load, forget }
})
