/**
 * Small values that outlive the page. A full or forbidden storage, as in a private window, is no
 * reason to fail: what it does not take is remembered as long as the page lives.
 */

const PREFIX = 'myllm.'

const untaken = new Map<string, unknown>()

export function readStored(key: string): unknown {
  if (untaken.has(key)) return untaken.get(key)
  try {
    return uni.getStorageSync(PREFIX + key)
  } catch {
    return undefined
  }
}

/** Whether it will outlive the page. */
export function writeStored(key: string, value: unknown): boolean {
  try {
    uni.setStorageSync(PREFIX + key, value)
    untaken.delete(key)
    return true
  } catch {
    untaken.set(key, value)
    return false
  }
}

/** Whether it takes room in the storage, and not only in this page. */
export const takesRoom = (key: string): boolean => !untaken.has(key)

export function removeStored(key: string): void {
  untaken.delete(key)
  try {
    uni.removeStorageSync(PREFIX + key)
  } catch {
    return
  }
}

/** Forgets all but what `isKept`, in this tab as well. */
export function forgetStored(isKept: (key: string) => boolean): void {
  storedKeys()
    .filter((key) => !isKept(key))
    .forEach(removeStored)
  // #ifdef H5
  try {
    sessionStorage.clear()
  } catch {
    // Forbidden; then nothing is in it.
  }
  // #endif
}

/** Of everything that is stored, in this page alone as well. */
export function storedKeys(): string[] {
  const inPage = [...untaken.keys()]
  try {
    const stored = uni.getStorageInfoSync().keys.filter((key) => key.startsWith(PREFIX))
    return [...inPage, ...stored.map((key) => key.slice(PREFIX.length))]
  } catch {
    return inPage
  }
}

/** What this tab remembers; a new tab begins with what the last one wrote. */
export function readTab(key: string): unknown {
  // #ifdef H5
  try {
    return sessionStorage.getItem(PREFIX + key) ?? readStored(key)
  } catch {
    return readStored(key)
  }
  // #endif
  // #ifndef H5
  return readStored(key)
  // #endif
}

export function writeTab(key: string, value: string): void {
  // #ifdef H5
  try {
    sessionStorage.setItem(PREFIX + key, value)
  } catch {
    // Forbidden; the line below serves all tabs then.
  }
  // #endif
  writeStored(key, value)
}
