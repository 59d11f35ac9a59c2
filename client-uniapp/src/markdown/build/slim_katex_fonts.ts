import type { AtRule, Declaration, Plugin, Root } from 'postcss'

/**
 * What everyday formulas are set in. A mini-program loads no font by its address, so these are
 * embedded in its style sheet; all twenty in three formats each would fill its 2 MB.
 */
const EVERYDAY = /KaTeX_(?:Main-(?:Regular|Bold|Italic)|Math-Italic|AMS|Caligraphic-Regular|Size\d)/

function keepWoff2(source: Declaration): void {
  const woff2 = source.value.split(',').find((part) => part.includes('woff2'))
  if (woff2) source.value = woff2
}

function slim(rule: AtRule, embedded: boolean): void {
  const text = rule.toString()
  if (!text.includes('KaTeX_')) return
  if (embedded && !EVERYDAY.test(text)) rule.remove()
  else rule.walkDecls('src', keepWoff2)
}

/**
 * A PostCSS plugin that leaves of KaTeX's fonts only WOFF2, and only the everyday ones if they
 * are `embedded`. It works on the whole sheet at once, because Vite fetches what the addresses
 * name right after.
 */
export function slimKatexFonts(embedded: boolean): Plugin {
  return {
    postcssPlugin: 'slim-katex-fonts',
    Once(root: Root) {
      root.walkAtRules('font-face', (rule) => slim(rule, embedded))
    },
  }
}
