import { afterEach, describe, expect, it, vi } from 'vitest'
import { firstGraphemes, joinedGraphemes } from './graphemes'

const CLUSTERS = ['👨‍👩‍👧‍👦', '🇨🇳', '👍🏽', '❤️‍🔥', '1️⃣', 'e\u0301', '각', '\u1112\u1161\u11ab', 'नि', 'क्षि', 'กำ', '字']

afterEach(() => void vi.unstubAllGlobals())

describe.each(['with', 'without'])('%s Intl.Segmenter', (segmenter) => {
  it.each(CLUSTERS)('cuts before or after %s and not inside', (cluster) => {
    if (segmenter === 'without') vi.stubGlobal('Intl', {})
    expect(firstGraphemes(`x${cluster}${cluster}`, 2)).toBe(`x${cluster}`)
    expect(firstGraphemes(`${cluster}y`, 1)).toBe(cluster)
  })
})

it('takes flags in pairs, and Korean in decomposed letters by syllables', () => {
  expect(joinedGraphemes('🇨🇳🇺🇸')).toEqual(['🇨🇳', '🇺🇸'])
  expect(joinedGraphemes('한국'.normalize('NFD')).map((one) => one.normalize())).toEqual(['한', '국'])
})
