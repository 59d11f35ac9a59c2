import { fetchKatex } from '../platform/engines'
import { addressable } from '../platform/richText'
import { knownToKatex } from './environments'
import { richNodes, type RichNode } from './rich_text'

type Katex = (typeof import('katex'))['default']

let katex: Katex | null = null

/** Fetches KaTeX; resolves at once when it is there already. */
export async function loadKatex(): Promise<void> {
  katex ??= (await fetchKatex()).katex
}

/**
 * A formula as `rich-text` nodes; null while KaTeX is not loaded and for TeX that it cannot set,
 * so that the source is shown instead. Links, pictures and endless macros are refused.
 */
export function katexNodes(tex: string, display: boolean): RichNode[] | null {
  if (!katex) return null
  try {
    const options = { displayMode: display, output: 'html', strict: 'ignore', trust: false } as const
    const limits = { maxSize: 50, maxExpand: 500 }
    return richNodes(addressable(katex.renderToString(knownToKatex(tex), { ...options, ...limits })))
  } catch (failure) {
    if (failure instanceof katex.ParseError) return null
    throw failure
  }
}
