import { CJK_LETTERS, CJK_PUNCTUATION } from './cjk'

const ALLOWED = /^(?:https?:\/\/[^/?#\s]|mailto:[^\s]|tel:[^\s])/i
const PICTURE = /^https?:\/\/(?:[^/?#\s@]*@)?([^/?#\s:]+)/i
/** Browsers skip these inside a scheme, so `java\nscript:` would run. */
const INVISIBLE = /[\u0000-\u0020\u007F-\u00A0\u00AD\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/
const HAN = new RegExp(`[${CJK_LETTERS}${CJK_PUNCTUATION}]`, 'u')

/** The address if a tap may open it: http, https, mailto or tel; otherwise null. */
export function safeLink(href: string): string | null {
  const address = href.trim()
  return ALLOWED.test(address) && !INVISIBLE.test(address) ? address : null
}

/** The host a picture would be fetched from, or null when it may not be fetched at all. */
export function pictureHost(url: string): string | null {
  if (INVISIBLE.test(url.trim())) return null
  return PICTURE.exec(url.trim())?.[1] ?? null
}

/**
 * A bare address ends where Chinese begins: GFM would take `https://a.cn，然后` whole, because
 * it looks for white space. An address that needs Han letters can be written as `<…>`.
 */
export function bareAddressLength(text: string): number {
  const end = text.search(HAN)
  return end < 0 ? text.length : end
}
