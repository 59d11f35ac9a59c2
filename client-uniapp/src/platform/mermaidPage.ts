import { mermaidScript } from './engines'
import type { Theme } from './theme'

export interface Drawn {
  readonly svg: string
  readonly width: number
}

export type Drawing = Drawn | 'wrong' | 'unreached'

/** Whether this target has pages to draw in; the others show a diagram's source. */
export function drawsDiagrams(): boolean {
  return mermaidScript() !== null
}

// #ifdef H5
interface Mermaid {
  initialize(settings: object): void
  render(id: string, source: string): Promise<{ svg: string }>
}

type MermaidWindow = Window & { mermaid?: Mermaid }

/**
 * A model writes the source, and Mermaid puts pictures and style sheets it names into the document
 * while it measures. So it works in a page of its own that may fetch nothing but Mermaid's script
 * and run nothing else; what comes out is shown as a picture, in which nothing lives.
 */
function pageSource(script: string): string {
  const { href, origin } = new URL(script, window.location.href)
  const policy = `default-src 'none'; script-src ${origin}; style-src 'unsafe-inline'`
  return [
    '<!doctype html><html><head>',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    `<script src="${href}"></script></head><body></body></html>`,
  ].join('')
}

function openPage(script: string): Promise<Mermaid> {
  return new Promise((resolve, reject) => {
    const page = document.createElement('iframe')
    page.srcdoc = pageSource(script)
    page.setAttribute('aria-hidden', 'true')
    page.tabIndex = -1
    page.style.cssText = 'position:fixed;left:-2000px;width:1000px;height:800px;visibility:hidden'
    page.onload = () => {
      const mermaid = (page.contentWindow as MermaidWindow | null)?.mermaid
      if (mermaid) return resolve(mermaid)
      page.remove()
      reject(new Error('Mermaid was not loaded'))
    }
    document.body.append(page)
  })
}

/** Labels of HTML would be lost in a picture on some phones; what a source may not change is `secure`. */
const COMMON = {
  startOnLoad: false,
  securityLevel: 'strict',
  secure: [
    'secure', 'securityLevel', 'startOnLoad', 'maxTextSize', 'maxEdges', 'suppressErrorRendering',
    'themeCSS', 'fontFamily', 'htmlLabels',
  ],
  suppressErrorRendering: true,
  maxEdges: 300,
  htmlLabels: false,
  flowchart: { htmlLabels: false },
  fontFamily:
    "-apple-system, 'Segoe UI', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif",
}
const THEMES: Record<Theme, object> = {
  light: { ...COMMON, theme: 'neutral' },
  dark: { ...COMMON, theme: 'dark', darkMode: true },
}

/** As XML, which a picture has to be, and with a size of its own, without which it would be tiny. */
function drawnFrom(svg: string): Drawn {
  const root = new DOMParser().parseFromString(svg, 'text/html').querySelector('svg')
  if (!root) throw new Error('Mermaid drew nothing')
  const box = root.getAttribute('viewBox')?.split(/[ ,]+/).map(Number) ?? []
  const [, , width = 300, height = 150] = box
  root.removeAttribute('style')
  root.setAttribute('width', String(width))
  root.setAttribute('height', String(height))
  return { svg: new XMLSerializer().serializeToString(root), width }
}

let opening: Promise<Mermaid> | null = null
let drawing: Promise<unknown> = Promise.resolve()
let drawings = 0

function openOnce(script: string): Promise<Mermaid> {
  opening ??= openPage(script)
  opening.catch(() => (opening = null))
  return opening
}

async function draw(mermaid: Mermaid, source: string, theme: Theme): Promise<Drawn | 'wrong'> {
  mermaid.initialize(THEMES[theme])
  drawings += 1
  try {
    return drawnFrom((await mermaid.render(`drawing-${drawings}`, source)).svg)
  } catch {
    // Mermaid's parsers throw many kinds of errors, and all mean that this source has no picture.
    return 'wrong'
  }
}

/** One diagram after the other, since Mermaid keeps its settings for all of them together. */
async function drawNext(script: string, source: string, theme: Theme): Promise<Drawing> {
  const mermaid = await openOnce(script).catch(() => null)
  if (!mermaid) return 'unreached'
  const mine = drawing.then(() => draw(mermaid, source, theme))
  drawing = mine
  return mine
}
// #endif

/** Draws a diagram. It is `wrong` for what Mermaid cannot read, `unreached` without Mermaid. */
export async function drawMermaid(source: string, theme: Theme): Promise<Drawing> {
  // #ifdef H5
  const script = mermaidScript()
  if (script !== null) return drawNext(script, source, theme)
  // #endif
  void [source, theme]
  return 'unreached'
}
