// #ifdef H5
/**
 * The rules of all web fonts that this page has set a text in, with the files themselves inside:
 * a picture is drawn from a document of its own, which may fetch nothing.
 */
export async function usedFontRules(): Promise<string> {
  const used = new Set<string>()
  document.fonts.forEach(({ family, status }) => status === 'loaded' && used.add(plain(family)))
  const rules = fontRules().filter(({ style }) => used.has(plain(style.getPropertyValue('font-family'))))
  return (await Promise.all(rules.map(withFile))).join('\n')
}

function fontRules(): CSSFontFaceRule[] {
  return Array.from(document.styleSheets)
    .flatMap((sheet) => Array.from(sheet.cssRules))
    .filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
}

async function withFile(rule: CSSFontFaceRule): Promise<string> {
  const [, path] = /url\(["']?([^"')]+)["']?\)/.exec(rule.style.getPropertyValue('src')) ?? []
  if (path === undefined || path.startsWith('data:')) return rule.cssText
  const file = await fetch(new URL(path, rule.parentStyleSheet?.href ?? location.href))
  return rule.cssText.replace(path, await asDataUrl(await file.blob()))
}

function asDataUrl(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error)
    reader.readAsDataURL(blob)
  })
}

const plain = (family: string): string => family.replace(/["']/g, '')
// #endif
