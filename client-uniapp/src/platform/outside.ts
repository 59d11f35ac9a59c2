// #ifdef APP
interface NativeRuntime {
  readonly runtime: { openURL(url: string): void }
}

declare const plus: NativeRuntime
// #endif

/** Opens an address outside the page; false where this target cannot, as a mini-program. */
export function openOutside(href: string): boolean {
  // #ifdef H5
  window.open(href, /^https?:/i.test(href) ? '_blank' : '_self', 'noopener,noreferrer')
  return true
  // #endif
  // #ifdef APP
  plus.runtime.openURL(href)
  return true
  // #endif
  // #ifdef MP
  return false
  // #endif
}
