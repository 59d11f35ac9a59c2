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

  /** How often it was asked or forgotten: an answer that comes late is about the past. */
  let turn = 0

  /** Out of reach it stays who it was. */
  async function load(): Promise<void> {
    const asked = ++turn
    const found = await fetchMe().catch(() => null)
    if (asked === turn && found !== null) me.value = found
  }

  function forget(): void {
    turn += 1
    me.value = null
  }

  return { me, owns, invites, hasDevices, load, forget }
})
