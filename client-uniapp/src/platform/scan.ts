/** Whether this target has a scanner of its own; a page over plain http gets no camera. */
export function canScan(): boolean {
  // #ifdef H5
  return false
  // #endif
  // #ifndef H5
  return true
  // #endif
}

/** What the QR code holds; null where nothing was scanned. */
export function scan(): Promise<string | null> {
  return new Promise((resolve) => {
    uni.scanCode({
      scanType: ['qrCode'],
      success: ({ result }) => resolve(result),
      fail: () => resolve(null),
    })
  })
}
