/**
 * KaTeX's markup as this target's style sheet can address it. WeChat's sheets know no `span`, so
 * there every span is of a class of that name, as `weixin_selectors.ts` expects.
 */
export function addressable(markup: string): string {
  // #ifndef MP-WEIXIN
  return markup
  // #endif
  // #ifdef MP-WEIXIN
  return spansAsClasses(markup)
  // #endif
}

export function spansAsClasses(markup: string): string {
  return markup
    .replace(/<span class="/g, '<span class="span ')
    .replace(/<span(?! class=)/g, '<span class="span"')
}
