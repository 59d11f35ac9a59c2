import { inlineMath, type Unclosed } from './math'

const OPENING = /\$|\\(?:[([]|begin\{)/g

/**
 * `masked` is marked's copy of `src` in which code and escapes are blotted out; here the formulas
 * are, too, so that a `*` or `_` inside one closes no emphasis begun before it.
 */
export function maskMath(src: string, masked: string): string {
  const unclosed: Unclosed = new Set()
  const pieces: string[] = []
  let end = 0
  for (const { index: at = 0 } of src.matchAll(OPENING)) {
    if (at < end || !'$+\\'.includes(masked.charAt(at))) continue
    const length = inlineMath(src.slice(at), src.slice(Math.max(0, at - 1), at), unclosed)?.raw.length ?? 0
    if (length === 0) continue
    pieces.push(masked.slice(end, at), `[${'a'.repeat(length - 2)}]`)
    end = at + length
  }
  return pieces.join('') + masked.slice(end)
}
