/**
 * Tells whether this device is on a network at all, at once and when that changes; it says nothing
 * of the server. On the server's own computer the page needs none.
 */
export function onNetwork(listener: (isThere: boolean) => void): void {
  // #ifdef H5
  if (isLoopback(location.hostname)) return
  const tell = () => listener(navigator.onLine !== false)
  window.addEventListener('online', tell)
  window.addEventListener('offline', tell)
  tell()
  // #endif
  // #ifndef H5
  uni.getNetworkType({ success: ({ networkType }) => listener(networkType !== 'none') })
  uni.onNetworkStatusChange(({ isConnected }) => listener(isConnected))
  // #endif
}

/** Whether the host of an address means the computer that asks. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host)
}
