import { copyText } from './clipboard'

/** `copied`: this platform has no way to pass text on, or hides it, and it was copied instead. */
export type Shared = 'shared' | 'copied' | 'cancelled' | 'failed'

/** Passes text on to another app. Browsers allow that to pages over https alone. */
export async function shareText(text: string): Promise<Shared> {
  // #ifdef H5
  if ('share' in navigator) return passOn({ text })
  // #endif
  // #ifdef APP-PLUS
  if (await shareWithSystem(text)) return 'shared'
  // #endif
  return (await copyText(text)) ? 'copied' : 'failed'
}

// #ifdef H5
/** Closing the browser's list of apps is a change of mind and no failure. */
export async function passOn(what: ShareData): Promise<Shared> {
  try {
    await navigator.share(what)
    return 'shared'
  } catch (failure) {
    const isAbort = failure instanceof DOMException && failure.name === 'AbortError'
    return isAbort ? 'cancelled' : 'failed'
  }
}
// #endif

// #ifdef APP-PLUS
function shareWithSystem(summary: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.shareWithSystem({
      summary,
      success: () => resolve(true),
      fail: () => resolve(false),
    })
  })
}
// #endif
