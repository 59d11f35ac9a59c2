/** The part of `Intl.Segmenter` that is used; TypeScript knows it from ES2022 on. */
interface Segmenter {
  segment(text: string): Iterable<{ segment: string }>
}
type SegmenterType = new (locale: undefined, options: { granularity: 'grapheme' }) => Segmenter

/** What is drawn with the character before it: marks, joiners, variation selectors, skin tones. */
const EXTENDS = /^[\p{M}\u200c\u200d\u{1f3fb}-\u{1f3ff}\u{e0020}-\u{e007f}\u0e33\u0eb3\uff9e\uff9f]$/u
const FLAG = /^[\u{1f1e6}-\u{1f1ff}]$/u
const VIRAMA = /[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0d4d]$/
const LEADING = /[\u1100-\u115f\ua960-\ua97c]$/
const FOLLOWING = /^[\u1160-\u11ff\ud7b0-\ud7fb]$/
const HANGUL = /[\u1100-\u11ff\ua960-\ua97c\uac00-\ud7a3\ud7b0-\ud7fb]$/

/** The first `count` characters as people count them; none of them is cut. */
export function firstGraphemes(text: string, count: number): string {
  return graphemes(text).slice(0, count).join('')
}

function graphemes(text: string): string[] {
  const Segments = typeof Intl === 'undefined' ? undefined : segmenterOf(Intl)
  if (Segments === undefined) return joinedGraphemes(text)
  const segments = new Segments(undefined, { granularity: 'grapheme' }).segment(text)
  return Array.from(segments, ({ segment }) => segment)
}

function segmenterOf(intl: object): SegmenterType | undefined {
  return (intl as { Segmenter?: SegmenterType }).Segmenter
}

/**
 * For engines without `Intl.Segmenter` (mini-programs, Firefox before 125): code points put
 * together by the rules that matter for what people write. Rather too long than cut.
 */
export function joinedGraphemes(text: string): string[] {
  const found: string[] = []
  for (const point of Array.from(text)) {
    const last = found[found.length - 1]
    if (last !== undefined && belongs(last, point)) found[found.length - 1] = last + point
    else found.push(point)
  }
  return found
}

function belongs(cluster: string, point: string): boolean {
  if (EXTENDS.test(point) || cluster.endsWith('\u200d')) return true
  if (FLAG.test(point)) return FLAG.test(cluster)
  if (VIRAMA.test(cluster)) return /\p{L}/u.test(point)
  if (FOLLOWING.test(point)) return HANGUL.test(cluster)
  return LEADING.test(cluster) && HANGUL.test(point)
}
