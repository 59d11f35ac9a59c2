/** Whether this device is on a network at all; which says nothing of the server. */
export function onNetwork(listener: (isThere: boolean) => void): void {
  // #ifdef H5
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
