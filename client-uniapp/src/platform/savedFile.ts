/** Files that the page has fetched, and where they can go from here. */

// #ifdef MP-WEIXIN
interface FileMessages {
  shareFileMessage(options: {
    filePath: string
    fileName: string
    success(): void
    fail(): void
  }): void
}

declare const wx: FileMessages
// #endif

/** `saved`: the browser keeps it among its downloads. `shared`: somebody sent it on. */
export type Kept = 'saved' | 'shared' | 'failed'

/** Why no file can be kept here, a sentence of the locale, or null. */
export function savingTrouble(): string | null {
  // #ifdef APP-PLUS
  return 'exports.notHere'
  // #endif
  // #ifndef APP-PLUS
  return null
  // #endif
}

/** Keeps the file at `address` under `name`: as a download, or in a chat of one's own in WeChat. */
export async function keepFile(address: string, name: string): Promise<Kept> {
  // #ifdef H5
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), LINGER_MS)
  return 'saved'
  // #endif
  // #ifdef MP-WEIXIN
  return new Promise((resolve) => {
    wx.shareFileMessage({
      filePath: address,
      fileName: name,
      success: () => resolve('shared'),
      fail: () => resolve('failed'),
    })
  })
  // #endif
  // #ifdef APP-PLUS
  void [address, name]
  return 'failed'
  // #endif
}

/** What a file says as JSON, null where it is none; a refusal comes as a file, too. */
export async function readJsonFile(address: string): Promise<unknown> {
  try {
    // #ifdef H5
    const file = await fetch(address)
    URL.revokeObjectURL(address)
    return await file.json()
    // #endif
    // #ifdef MP-WEIXIN
    return JSON.parse(String(uni.getFileSystemManager().readFileSync(address, 'utf8')))
    // #endif
  } catch {
    return null
  }
  // #ifdef APP-PLUS
  return null
  // #endif
}

// #ifdef H5
/** Browsers begin to read a download a moment after the press. */
const LINGER_MS = 60_000
// #endif
