import { computed, onMounted, onUnmounted, ref, shallowRef } from 'vue'
import type { Invitation } from '../protocol/household'
import type { Invited } from '../session/household'
import { invite } from '../session/household'
import { useDevicesStore } from '../stores/devices'
import { useToastStore } from '../stores/toast'

const LOOK_EVERY_MS = 2_000
const TICK_MS = 1_000

/**
 * A code for one more device, for as long as somebody looks at it: another when it is over or
 * was used.
 */
export function useInvitation(whom: Invited) {
  const devices = useDevicesStore()
  const toast = useToastStore()
  const invitation = shallowRef<Invitation | null>(null)
  const now = ref(Date.now())
  let endsAt = 0
  let ticking: ReturnType<typeof setInterval> | undefined
  let looking: ReturnType<typeof setTimeout> | undefined
  let isOpen = true
  const secondsLeft = computed(() => Math.max(0, Math.ceil((endsAt - now.value) / 1000)))

  /** The guest of the first code stays the guest of the next. */
  async function renew(): Promise<void> {
    const wanted = invitation.value ? { member: invitation.value.member } : whom
    const made = await invite(wanted).catch(toast.tell)
    if (!made) return
    now.value = Date.now()
    endsAt = now.value + 1000 * made.seconds
    invitation.value = made
  }

  async function look(): Promise<void> {
    const [newcomer] = await devices.newcomers()
    if (newcomer) toast.show('devices.joined', { name: newcomer.name })
    if (isOpen && (newcomer || secondsLeft.value === 0)) await renew()
    if (isOpen) looking = setTimeout(() => void look(), LOOK_EVERY_MS)
  }

  onMounted(async () => {
    await Promise.all([devices.load(), renew()])
    if (isOpen) ticking = setInterval(() => (now.value = Date.now()), TICK_MS)
    await look()
  })
  onUnmounted(() => {
    isOpen = false
    clearInterval(ticking)
    clearTimeout(looking)
    // Somebody may have come since it looked last.
    void devices.load()
  })
  return { invitation, secondsLeft }
}
