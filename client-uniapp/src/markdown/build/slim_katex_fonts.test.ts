import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import postcss from 'postcss'
import { describe, expect, it } from 'vitest'

import { slimKatexFonts } from './slim_katex_fonts'

const sheet = readFileSync(createRequire(import.meta.url).resolve('katex/dist/katex.min.css'), 'utf8')

async function fonts(embedded: boolean): Promise<string[]> {
  const { css } = await postcss([slimKatexFonts(embedded)]).process(sheet, { from: undefined })
  return css.match(/fonts\/[^)"']+/g) ?? []
}

describe('slimKatexFonts', () => {
  it('keeps one format of every font where fonts are files', async () => {
    const kept = await fonts(false)
    expect(kept).toHaveLength(20)
    expect(kept.every((font) => font.endsWith('.woff2'))).toBe(true)
  })

  it('keeps the everyday fonts where they are embedded', async () => {
    const kept = (await fonts(true)).join(' ')
    for (const name of ['Main-Regular', 'Math-Italic', 'AMS-Regular', 'Size4']) expect(kept).toContain(name)
    expect(kept).not.toMatch(/Fraktur|Script|Typewriter|SansSerif/)
  })

  it('leaves other fonts alone', async () => {
    const other = '@font-face{font-family:Other;src:url(a.woff),url(a.ttf)}'
    const { css } = await postcss([slimKatexFonts(true)]).process(other, { from: undefined })
    expect(css).toBe(other)
  })
})
