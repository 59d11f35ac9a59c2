import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { deviceName } from '../platform/deviceName'
import { dropRequest, keepRequest, keptRequest } from '../pairing/keptRequest'
import type { KeptRequest } from '../pairing/keptRequest'
import type { Approver, Paired, PairingProgress } from '../protocol/household'
import { HttpFailure } from '../session/failure'
import { claimPairing, declinePairing, requestDigits } from '../session/pairing'
import { storedToken } from '../session/token'
import { useConnectionStore } from './connection'
import { usePairingStore } from './pairing'

const ASK_EVERY_MS = 2_000
const TICK_MS = 1_000

/** How the latest request ended without a device. */
type Ending = 'declined' | 'expired'

/**
 * This screen's pairing request: its six digits until a member typed them on a paired device, then
 * whose device this becomes, until that is confirmed or declined here.
 */
export const useKnockStore = defineStore('knock', () => {
  const pairing = usePairingStore()
  const connection = useConnectionStore()
  const knock = shallowRef<KeptRequest | null>(null)
  /** Whose device this becomes, once the digits were typed. */
  const member = shallowRef<Approver | null>(null)
  const isConfirming = ref(false)
  const ending = ref<Ending | null>(null)
  const now = ref(Date.now())
  /** Why there are no digits: the server's sentence, '' where it was not reached, or null. */
  const trouble = ref<string | null>(null)
  const secondsLeft = computed(() =>
    knock.value === null ? 0 : Math.max(0, Math.ceil((knock.value.endsAt - now.value) / 1000)),
  )
  let ticking: ReturnType<typeof setInterval> | undefined
  let asking: ReturnType<typeof setTimeout> | undefined
  let isShown = false

  /** A reload goes on with the same digits: somebody may be typing them just now. */
  async function show(): Promise<void> {
    stop()
    isShown = true
    trouble.value = null
    ending.value = null
    const found = keptRequest() ?? (await begin())
    if (!isShown || found === null) return
    knock.value = found
    now.value = Date.now()
    ticking = setInterval(tick, TICK_MS)
    askSoon()
  }

  /** After a reload; where nothing was shown before, nothing is. */
  async function showAgain(): Promise<void> {
    if (keptRequest() !== null) await show()
  }

  function stop(): void {
    isShown = false
    clearInterval(ticking)
    clearTimeout(asking)
    knock.value = null
    member.value = null
    isConfirming.value = false
  }

  /** The server gives an approved request some time more, and tells when that is over. */
  function tick(): void {
    now.value = Date.now()
    if (secondsLeft.value === 0 && member.value === null) void renew()
  }

  async function renew(): Promise<void> {
    dropRequest()
    await show()
  }

  const askSoon = (): void => void (asking = setTimeout(() => void ask(false), ASK_EVERY_MS))

  async function ask(confirm: boolean): Promise<void> {
    const mine = knock.value
    if (mine === null) return
    try {
      const told = await claimPairing(mine.request, confirm)
      if (knock.value === mine) hear(told)
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      if (knock.value === mine) await goOn(failure)
    }
  }

  function hear(told: Paired | PairingProgress): void {
    isConfirming.value = false
    if (!('token' in told)) {
      member.value = told.member ?? null
      return askSoon()
    }
    dropRequest()
    stop()
    pairing.enter(told)
  }

  /** Unreached it asks on. Known no more, the request is over, or another tab has confirmed it. */
  async function goOn({ code }: HttpFailure): Promise<void> {
    isConfirming.value = false
    if (code !== 'unknown_request') return askSoon()
    if (storedToken() === null) return member.value === null ? renew() : end('expired')
    stop()
    connection.start()
  }

  /** Whoever is in front of this screen has seen whose device it becomes, and agrees. */
  async function confirm(): Promise<void> {
    if (member.value === null || isConfirming.value) return
    isConfirming.value = true
    clearTimeout(asking)
    await ask(true)
  }

  /** Wants no device made of this: before the digits were typed, or after. */
  async function decline(): Promise<void> {
    const mine = knock.value
    if (mine === null) return
    end(member.value === null ? null : 'declined')
    await declinePairing(mine.request).catch((failure) => {
      if (!(failure instanceof HttpFailure)) throw failure
    })
  }

  function end(how: Ending | null): void {
    dropRequest()
    stop()
    ending.value = how
  }

  async function begin(): Promise<KeptRequest | null> {
    try {
      const { request, digits, seconds } = await requestDigits(deviceName())
      const made = { request, digits, endsAt: Date.now() + 1000 * seconds }
      keepRequest(made)
      return made
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      trouble.value = failure.sentence ?? ''
      return null
    }
  }

  return {
    ...{ knock, member, isConfirming, ending, secondsLeft, trouble },
    ...{ show, showAgain, stop, confirm, decline },
  }
})
