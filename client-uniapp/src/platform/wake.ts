/** When the page comes back, and when it may be about to vanish. */

/** `visibilitychange` and `pageshow` often come together; one probe answers them all. */
const DEBOUNCE_MS = 300

export function onWake(listener: () => void): void {
  const wake = debounced(listener, DEBOUNCE_MS)
  // #ifdef H5
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') wake()
  })
  window.addEventListener('pageshow', wake)
  // #endif
  uni.onAppShow(wake)
}

/** The phone is on a network, another one than before; not called for the first. */
export function onMove(listener: () => void): void {
  const move = debounced(listener, DEBOUNCE_MS)
  // #ifdef H5
  window.addEventListener('online', move)
  // #endif
  uni.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) move()
  })
}

/** The last moment at which something can still be stored: a phone may evict the page later. */
export function onHide(listener: () => void): void {
  // #ifdef H5
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') listener()
  })
  window.addEventListener('pagehide', listener)
  // #endif
  uni.onAppHide(listener)
}

export function debounced(listener: () => void, ms: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return () => {
    clearTimeout(timer)
    timer = setTimeout(listener, ms)
  }
}
