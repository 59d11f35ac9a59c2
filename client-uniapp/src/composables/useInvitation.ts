import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { Invitation, PairedDevice } from '../protocol/members'
import type { Invited } from '../session/members'
import { invite } from '../session/members'
import { useDevicesStore } from '../stores/devices'
import { useToastStore } from '../stores/toast'
import { useSecondsLeft } from '../stores/useSecondsLeft'

const LOOK_EVERY_MS = 2_000

/**
 * A code for one more device, for as long as somebody looks at it: another when it is over or
 * was used.
 */
export function useInvitation(whom: Invited) {
  const devices = useDevicesStore()
  const toast = useToastStore()
  const invitation = shallowRef<Invitation | null>(null)
  /** Who came in last while this was looked at. */
  const newest = shallowRef<PairedDevice | null>(null)
  const { secondsLeft, ...countdown } = useSecondsLeft()
  let looking: ReturnType<typeof setTimeout> | undefined
  let isOpen = true

  /** The guest of the first code stays the guest of the next. */
  async function renew(): Promise<void> {
    const wanted = invitation.value ? { member: invitation.value.member } : whom
    const made = await invite(wanted).catch(toast.showFailure)
    if (!made || !isOpen) return
    countdown.start(Date.now() + 1000 * made.seconds)
    invitation.value = made
  }

  async function look(): Promise<void> {
    const [newcomer] = await devices.loadNew()
    if (newcomer) {
      newest.value = newcomer
      toast.show('devices.joined', { name: newcomer.name })
    }
    if (isOpen && (newcomer || secondsLeft.value === 0)) await renew()
    if (isOpen) looking = setTimeout(() => void look(), LOOK_EVERY_MS)
  }

  onMounted(async () => {
    await Promise.all([devices.load(), renew()])
    await look()
  })
  onUnmounted(() => {
    isOpen = false
    countdown.stop()
    clearTimeout(looking)
    // Somebody may have come since it looked last.
    void devices.load()
  })
  return { invitation, newest, secondsLeft }
}
