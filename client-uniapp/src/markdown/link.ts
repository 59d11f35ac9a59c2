import { CJK_LETTERS, CJK_PUNCTUATION } from './cjk'

const ALLOWED = /^(?:https?:\/\/[^/?#\s]|mailto:[^\s]|tel:[^\s])/i
const PICTURE = /^https?:\/\/(?:[^/?#\s@]*@)?([^/?#\s:]+)/i
/** Browsers skip these inside a scheme, so `java\nscript:` would run. */
const INVISIBLE = /[\u0000-\u0020\u007F-\u00A0\u00AD\u200B-\u200F\u2028-\u202F\u2060-\u206F\uFEFF]/
/** Behind the host, where a space can only be a file's or a search's. */
const BEHIND_HOST = /^(https?:\/\/[^/?#\s]+[/?#]|mailto:[^?\s]+\?)(.*)$/is
const HAN = new RegExp(`[${CJK_LETTERS}${CJK_PUNCTUATION}]`, 'u')
/** Where the path, the query or the fragment of an address begins. */
const BEHIND_NAME = /[^:/][/?#]/
/** Han that begins a part of them, and what goes on behind it, up to other punctuation. */
const HAN_PART = new RegExp(
  `^[/=#?&][${CJK_LETTERS}]` +
    `(?:[${CJK_LETTERS}\\w%/=&?#+:@-]|\\.(?=\\w)|\\([^\\s()]*\\)|[·・](?=[${CJK_LETTERS}]))*`,
  'u',
)

/** An encyclopedia's title or what is searched for, where Han may follow other letters: `C语言`. */
const IN_TITLE = /(?:\/(?:wiki|item)\/|[?&](?:wd|q|query|word|keyword|search)=)[\w%+#.-]{1,40}$/

/** `address` with the spaces in its path and query encoded, as browsers do when they are typed. */
export function withoutSpaces(address: string): string {
  return address.replace(BEHIND_HOST, (_, host: string, rest: string) => host + rest.replace(/ /g, '%20'))
}

/** The address if a tap may open it: http, https, mailto or tel; otherwise null. */
export function safeLink(href: string): string | null {
  const address = withoutSpaces(href.trim())
  return ALLOWED.test(address) && !INVISIBLE.test(address) ? address : null
}

/** The host a picture would be fetched from, or null when it may not be fetched at all. */
export function pictureHost(url: string): string | null {
  if (INVISIBLE.test(url.trim())) return null
  return PICTURE.exec(url.trim())?.[1] ?? null
}

/**
 * A bare address ends where Chinese begins: GFM would take `https://a.cn，然后` whole, because it
 * looks for white space. Han that begins a part of it, behind `/`, `=`, `#` or `?`, belongs to it,
 * as in `https://zh.wikipedia.org/wiki/深度学习`, up to the next full-width punctuation. In a title
 * or a search it may follow letters, as in `/wiki/C语言`; `/doc查看` elsewhere is an address and a
 * verb.
 */
export function bareAddressLength(text: string): number {
  const begin = text.search(BEHIND_NAME)
  let end = 0
  for (let rest = text; ; rest = text.slice(end)) {
    const han = rest.search(HAN)
    if (han < 0) return text.length
    const isBehind = begin >= 0 && end + han - 1 > begin
    const isTitle = isBehind && IN_TITLE.test(rest.slice(0, han))
    const before = isTitle ? '/' : rest.charAt(han - 1)
    const part = isBehind && han > 0 ? HAN_PART.exec(before + rest.slice(han)) : null
    if (!part) return end + han
    end += han - 1 + part[0].length
  }
}
