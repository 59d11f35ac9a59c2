import type { HLJSApi } from 'highlight.js'

import { fetchHighlighter } from '../platform/engines'
import { richNodes, type RichNode } from './rich_text'

/** Colouring is worth no frozen page: what is longer stays plain. */
const LONGEST = 50_000

let loading: Promise<HLJSApi> | null = null

function loadHighlighter(): Promise<HLJSApi> {
  loading ??= fetchHighlighter().then(({ highlighter }) => highlighter)
  loading.catch(() => (loading = null))
  return loading
}

/**
 * `code` as coloured `rich-text` nodes; null for no language, one that is not known, or a text
 * that is too long. Rejects when the highlighter cannot be fetched; asking again tries again.
 */
export async function highlightNodes(code: string, language: string): Promise<RichNode[] | null> {
  if (language === '' || code.length > LONGEST) return null
  const highlighter = await loadHighlighter()
  if (!highlighter.getLanguage(language)) return null
  return richNodes(highlighter.highlight(code, { language, ignoreIllegals: true }).value)
}
