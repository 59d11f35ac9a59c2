import { beforeAll, describe, expect, it } from 'vitest'

import { katexNodes, loadKatex } from './katex_nodes'

describe('katexNodes', () => {
  it('waits until KaTeX is there', () => {
    expect(katexNodes('x', false)).toBeNull()
  })

  describe('once loaded', () => {
    beforeAll(loadKatex)

    it('sets formulas', () => {
      const nodes = JSON.stringify(katexNodes('\\frac{a}{\\sqrt{b}} = 力', true))
      expect(nodes).toContain('katex-display')
      expect(nodes).toContain('mfrac')
      expect(nodes).toContain('svg-mask')
      expect(nodes).toContain('力')
    })

    it.each(['\\frac{a', '\\nosuch{x}', '\\def\\a{\\a\\a}\\a'])('leaves %s to its source', (tex) => {
      expect(katexNodes(tex, false)).toBeNull()
    })

    it.each([
      '\\href{javascript:alert(1)}{x}',
      '\\url{https://evil.example}',
      '\\includegraphics{https://evil.example/x.png}',
      '\\htmlStyle{background:url(https://evil.example)}{x}',
      '\\htmlData{a=b}{x}',
    ])('lets nothing out through %s', (tex) => {
      const nodes = JSON.stringify(katexNodes(tex, false))
      expect(nodes).not.toMatch(/"(?:href|src)"|style":"[^"]*(?:evil|javascript)/)
    })
  })
})
