/**
 * `[文件](https://example.com/my file.pdf)`: CommonMark allows spaces in angle brackets alone, which
 * models forget. Only addresses of the web are taken so, and only up to the end of the line.
 */
const LABEL = '(?:\\\\.|\\[[^\\[\\]\\n]{0,200}\\]|[^\\[\\]\\\\\\n]){0,200}'
const WORD = '(?:[^\\s()<>"\']|\\([^\\s()<>]{0,100}\\))'
const SPACED = new RegExp(
  `^(!?\\[${LABEL}\\])\\([ \\t]*(https?:\\/\\/[^\\s/()<>"']+[/?#]${WORD}*(?:[ \\t]+${WORD}+)+)` +
    `([ \\t]+(?:"[^"\\n]*"|'[^'\\n]*'))?[ \\t]*\\)`,
  'i',
)

export interface SpacedLink {
  readonly raw: string
  /** The same link as CommonMark writes it. */
  readonly bracketed: string
}

/** The link with spaces in its address at the start of `src`; null if there is none. */
export function spacedLink(src: string): SpacedLink | null {
  const [raw, label = '', address = '', title = ''] = SPACED.exec(src) ?? []
  if (raw === undefined) return null
  return { raw, bracketed: `${label}(<${address.replace(/\t/g, ' ')}>${title})` }
}
