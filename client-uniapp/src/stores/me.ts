import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Me } from '../protocol/members'
import { fetchMe } from '../session/pairing'

/** The role of this device at the server, which decides what is shown of devices and members. */
export const useMeStore = defineStore('me', () => {
  const me = shallowRef<Me | null>(null)
  const role = computed(() => (me.value?.pairing ? me.value.role : 'visitor'))
  const owns = computed(() => role.value === 'owner')
  const invites = computed(() => owns.value || role.value === 'member')
  const hasDevices = computed(() => role.value !== 'visitor')

  /** The number of the latest request; a reply to an earlier one is out of date. */
  let latest = 0

  /** Out of reach it stays who it was. */
  async function load(): Promise<void> {
    const request = ++latest
    const found = await fetchMe().catch(() => null)
    if (request === latest && found !== null) me.value = found
  }

  function forget(): void {
    latest += 1
    me.value = null
  }

  return { me, owns, invites, hasDevices, load, forget }
})
