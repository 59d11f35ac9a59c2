import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useSecondsLeft } from './useSecondsLeft'
import { deviceName } from '../platform/deviceName'
import { dropRequest, keepRequest, keptRequest, type KeptRequest } from '../pairing/keptRequest'
import type { Approver, Paired, PairingProgress } from '../protocol/members'
import { ClaimPolling } from '../session/claimPolling'
import { HttpFailure } from '../session/failure'
import { declinePairing, requestDigits } from '../session/pairing'
import { storedToken } from '../session/token'
import { useConnectionStore } from './connection'
import { usePairingStore } from './pairing'

/** How the latest request ended without a device. */
type Ending = 'declined' | 'expired'

/**
 * This screen's pairing request: its six digits until a member typed them on a paired device, then
 * whose device this becomes, until that is confirmed or declined here.
 */
export const usePairingRequestStore = defineStore(
  'pairingRequest',
  () => {
    const pairing = usePairingStore()
    const connection = useConnectionStore()
    const request = shallowRef<KeptRequest | null>(null)
    /** Whose device this becomes, once the digits were typed. */
    const member = shallowRef<Approver | null>(null)
    const isConfirming = ref(false)
    const ending = ref<Ending | null>(null)
    /** Why the latest call failed: the server's sentence, '' where it was not reached, or null. */
    const trouble = ref<string | null>(null)
    const { secondsLeft, ...countdown } = useSecondsLeft()
    let polling: ClaimPolling | null = null
    let isShown = false

    /** A reload goes on with the same digits: somebody may be typing them just now. */
    async function show(): Promise<void> {
      stop()
      isShown = true
      ending.value = null
      const kept = keptRequest()
      const found = kept ?? (await begin())
      if (!isShown || found === null) return
      follow(found)
      if (kept === null) polling?.askLater()
      else await polling?.ask()
    }

    function follow(found: KeptRequest): void {
      request.value = found
      countdown.start(found.endsAt, renewLate)
      polling = new ClaimPolling(found.request, { progress, paired, failed, unknown })
    }

    /** After a reload; where nothing was shown before, nothing is. */
    async function showAgain(): Promise<void> {
      if (keptRequest() !== null) await show()
    }

    function stop(): void {
      isShown = false
      countdown.stop()
      polling?.stop()
      polling = null
      request.value = null
      member.value = null
      isConfirming.value = false
      trouble.value = null
    }

    /** The server gives an approved request some time more, and sends when that is over. */
    function renewLate(): void {
      if (secondsLeft.value === 0 && member.value === null) void renew()
    }

    async function renew(): Promise<void> {
      dropRequest()
      await show()
    }

    function progress(reply: PairingProgress): void {
      isConfirming.value = false
      trouble.value = null
      member.value = reply.member ?? null
    }

    function paired(reply: Paired): void {
      end(null)
      pairing.enter(reply)
    }

    function failed({ sentence }: HttpFailure): void {
      isConfirming.value = false
      trouble.value = sentence ?? ''
    }

    /** It is over, or another tab has confirmed it and this device is paired. */
    function unknown(): void {
      if (storedToken() === null) return member.value === null ? void renew() : end('expired')
      stop()
      connection.start()
    }

    /** Confirms on this screen that the device becomes the one of `member`. */
    async function confirm(): Promise<void> {
      if (member.value === null || isConfirming.value) return
      isConfirming.value = true
      trouble.value = null
      await polling?.ask(true)
    }

    /** Wants no device made of this: before the digits were typed, or after. */
    async function decline(): Promise<void> {
      const mine = request.value
      if (mine === null) return
      end(member.value === null ? null : 'declined')
      await declinePairing(mine.request)
    }

    function end(how: Ending | null): void {
      dropRequest()
      stop()
      ending.value = how
    }

    async function begin(): Promise<KeptRequest | null> {
      try {
        return keepRequest(await requestDigits(deviceName()))
      } catch (failure) {
        if (!(failure instanceof HttpFailure)) throw failure
        if (isShown) failed(failure)
        return null
      }
    }

    return {
      ...{ request, member, isConfirming, ending, secondsLeft, trouble },
      ...{ show, showAgain, stop, confirm, decline },
    }
  },
  { retained: 'belongs to the device that this one becomes' },
)
