import { describe, expect, it } from 'vitest'

import { randomCuts, randomMarkdown, seeded } from './random_markdown.fixture'
import { MarkdownStream, parseMarkdown } from './stream'

const SEEDS = 150
const TIMEOUT_MS = 30_000

function streamed(pieces: readonly string[]): MarkdownStream {
  const stream = new MarkdownStream()
  for (const piece of pieces) stream.append(piece)
  return stream
}

function forEverySeed(check: (text: string, pieces: string[]) => void): void {
  for (let seed = 0; seed < SEEDS; seed += 1) {
    const random = seeded(seed)
    const text = randomMarkdown(random, 4 + Math.floor(random() * 30))
    check(text, randomCuts(random, text, random() < 0.5 ? 4 : 40))
  }
}

describe('for any text and any cuts', () => {
  it('what was settled on the way is what the text in one piece gives', () => {
    forEverySeed((text, pieces) => {
      expect(streamed(pieces).blocks, text).toEqual(streamed([text]).blocks)
    })
  }, TIMEOUT_MS)

  it('the finished stream is the whole, parsed', () => {
    forEverySeed((text, pieces) => {
      const stream = streamed(pieces)
      stream.finish()
      expect(stream.blocks, text).toEqual(parseMarkdown(text))
    })
  }, TIMEOUT_MS)

  it('so is the finished stream of a text that defines what it refers to', () => {
    forEverySeed((text) => {
      const random = seeded(text.length)
      const defined = text.replace(/\n/g, () => (random() < 0.2 ? '\n[见][a] > [a]: x\n[a]: /b\n' : '\n'))
      const stream = streamed(randomCuts(random, defined, 12))
      stream.finish()
      expect(stream.blocks, defined).toEqual(parseMarkdown(defined))
    })
  }, TIMEOUT_MS)

  it('every word of the text is shown', () => {
    forEverySeed((text, pieces) => {
      const stream = streamed(pieces)
      stream.finish()
      const shown = JSON.stringify(stream.blocks)
      // A fence's line shows the language alone, and GFM drops cells that have no column.
      const lines = text.split('\n').filter((line) => !/`{3}|~{3}|\|/.test(line))
      const words = lines.join('\n').match(/w\d+w/g) ?? []
      expect(words.filter((word) => !shown.includes(word)), text).toEqual([])
    })
  }, TIMEOUT_MS)
})
