/** A node as uni-app's `rich-text` takes it, the one way to set marked-up text without a DOM. */
export interface RichText {
  readonly type: 'text'
  readonly text: string
}

export interface RichSpan {
  readonly type: 'node'
  readonly name: 'span'
  readonly attrs: { readonly class?: string; readonly style?: string }
  readonly children: RichNode[]
}

export type RichNode = RichText | RichSpan

const PIECES = /<svg[\s\S]*?<\/svg>|<span([^>]*)>|<\/span>|<[^>]*>|[^<]+/g
const ENTITIES: Record<string, string> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&amp;': '&',
}

function unescape(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#x27|amp);/g, (entity) => ENTITIES[entity] ?? entity)
}

/** `rich-text` resolves references in text itself, so that a literal `&lt;` needs its `&`. */
function textNode(markup: string): RichText {
  return { type: 'text', text: unescape(markup).replace(/&/g, '&amp;') }
}

function spanNode(attributes: string): RichSpan {
  const attrs: Record<string, string> = {}
  for (const [, name, value] of attributes.matchAll(/\b(class|style)="([^"]*)"/g)) {
    if (name && value) attrs[name] = unescape(value)
  }
  return { type: 'node', name: 'span', attrs, children: [] }
}

/** Without a size of its own a picture fills the box it is in; lines are drawn, paths filled. */
function boundless(svg: string): string {
  return svg
    .replace(/^<svg[^>]*>/, (root) => root.replace(/ (?:width|height|style)="[^"]*"/g, ''))
    .replace(/<line /g, '<line stroke="#000" ')
}

/**
 * `rich-text` knows no SVG, and a picture would keep its own colour in the dark. As a mask over
 * the text's colour it follows the theme.
 */
function maskNode(svg: string): RichSpan {
  const picture = `url("data:image/svg+xml,${encodeURIComponent(boundless(svg))}")`
  const mask = `${picture} 0 0 / 100% 100% no-repeat`
  const own = /^<svg[^>]* style="([^"]*)"/.exec(svg)?.[1] ?? ''
  const style = `background-color:currentColor;-webkit-mask:${mask};mask:${mask};${own}`
  return { type: 'node', name: 'span', attrs: { class: 'svg-mask', style }, children: [] }
}

/**
 * The nodes of the markup that KaTeX and highlight.js write: nested spans with `class` and
 * `style`, text, and pictures in SVG. Anything else in it is left out.
 */
export function richNodes(markup: string): RichNode[] {
  const root = spanNode('')
  const open = [root]
  for (const [piece, attributes] of markup.matchAll(PIECES)) {
    const parent = open[open.length - 1] ?? root
    if (piece === '</span>') open.pop()
    else if (attributes !== undefined) open.push(child(parent, spanNode(attributes)))
    else if (piece.startsWith('<svg')) child(parent, maskNode(piece))
    else if (!piece.startsWith('<')) child(parent, textNode(piece))
  }
  return root.children
}

function child<Node extends RichNode>(parent: RichSpan, node: Node): Node {
  parent.children.push(node)
  return node
}
