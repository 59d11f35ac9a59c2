import type { Plugin, Rule } from 'postcss'

/** WeChat's compiler ends at `*`, and turns every other tag into one that it has itself. */
const REFUSED = /(^|[\s>+~])(\*|body|html|img|svg)(?![\w-])/

/**
 * A PostCSS plugin that leaves of KaTeX's sheet what a mini-program's can hold: `span` as the
 * class that `spansAsClasses` gives it, and no other tag. Formulas there have neither pictures
 * nor SVG.
 */
export function weixinSelectors(): Plugin {
  return {
    postcssPlugin: 'weixin-selectors',
    Rule(rule: Rule) {
      const kept = rule.selectors.filter((selector) => !REFUSED.test(selector))
      if (kept.length === 0) return void rule.remove()
      const replaced = kept.map((selector) => selector.replace(/>span(?![\w-])/g, '>.span'))
      if (replaced.join() !== rule.selectors.join()) rule.selectors = replaced
    },
  }
}
