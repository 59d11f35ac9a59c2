import { computed, ref } from 'vue'

const TICK_MS = 1_000

/** The seconds until a time of this device's clock, counted down from `start` until `stop`. */
export function useSecondsLeft() {
  const endsAt = ref(0)
  const now = ref(Date.now())
  let ticking: ReturnType<typeof setInterval> | undefined
  const secondsLeft = computed(() => Math.max(0, Math.ceil((endsAt.value - now.value) / 1000)))

  /** `ticked` is called every second. */
  function start(end: number, ticked: () => void = () => undefined): void {
    stop()
    endsAt.value = end
    now.value = Date.now()
    ticking = setInterval(() => {
      now.value = Date.now()
      ticked()
    }, TICK_MS)
  }

  const stop = (): void => clearInterval(ticking)

  return { secondsLeft, start, stop }
}
