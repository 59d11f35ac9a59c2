import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { deviceName } from '../platform/deviceName'
import { readOwn, removeOwn, writeOwn } from '../platform/ownStorage'
import type { Knocking } from '../protocol/household'
import { HttpFailure } from '../session/failure'
import { claimPairing, requestDigits } from '../session/pairing'
import { storedToken } from '../session/token'
import { useConnectionStore } from './connection'
import { usePairingStore } from './pairing'

const KEY = 'knock'
const ASK_EVERY_MS = 2_000
const TICK_MS = 1_000

/** `endsAt` is a time of this device's clock. */
interface Knock extends Pick<Knocking, 'request' | 'digits'> {
  endsAt: number
}

/** This screen's six digits: shown until a paired device lets it in, then others. */
export const useKnockStore = defineStore('knock', () => {
  const pairing = usePairingStore()
  const connection = useConnectionStore()
  const knock = shallowRef<Knock | null>(null)
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
    const found = stored() ?? (await begin())
    if (!isShown || found === null) return
    knock.value = found
    now.value = Date.now()
    ticking = setInterval(tick, TICK_MS)
    askSoon()
  }

  /** After a reload; where nothing was shown before, nothing is. */
  async function showAgain(): Promise<void> {
    if (stored() !== null) await show()
  }

  function stop(): void {
    isShown = false
    clearInterval(ticking)
    clearTimeout(asking)
    knock.value = null
  }

  function tick(): void {
    now.value = Date.now()
    if (secondsLeft.value === 0) void renew()
  }

  async function renew(): Promise<void> {
    removeOwn(KEY)
    await show()
  }

  const askSoon = (): void => void (asking = setTimeout(() => void ask(), ASK_EVERY_MS))

  async function ask(): Promise<void> {
    const mine = knock.value
    if (mine === null) return
    try {
      const paired = await claimPairing(mine.request)
      if (knock.value !== mine) return
      if (paired === null) return askSoon()
      removeOwn(KEY)
      stop()
      pairing.enter(paired)
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      if (knock.value === mine) await goOn(failure)
    }
  }

  /** Unreached it asks on. Known no more, the digits are over, or another tab was let in by them. */
  async function goOn({ code }: HttpFailure): Promise<void> {
    if (code !== 'unknown_request') return askSoon()
    if (storedToken() === null) return renew()
    stop()
    connection.start()
  }

  async function begin(): Promise<Knock | null> {
    try {
      const { request, digits, seconds } = await requestDigits(deviceName())
      const made = { request, digits, endsAt: Date.now() + 1000 * seconds }
      writeOwn(KEY, made)
      return made
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      trouble.value = failure.sentence ?? ''
      return null
    }
  }

  return { knock, secondsLeft, trouble, show, showAgain, stop }
})

function stored(): Knock | null {
  const kept = readOwn(KEY)
  return isKnock(kept) && kept.endsAt > Date.now() ? kept : null
}

function isKnock(value: unknown): value is Knock {
  return typeof value === 'object' && value !== null && 'request' in value && 'endsAt' in value
}
