// #ifndef H5
import * as highlightGrammars from './highlightGrammars'
import * as katexEngine from './katexEngine'
// #endif
// #ifdef H5
import mermaidAddress from '@mermaid-js/tiny/dist/mermaid.tiny.js?url'
// #endif

type Katex = typeof import('./katexEngine')
type Grammars = typeof import('./highlightGrammars')

/**
 * The large libraries that not every answer needs. On H5 they are fetched on first use; the
 * app and mini-programs carry all their code and are built without `import()`.
 */
export function fetchKatex(): Promise<Katex> {
  // #ifndef H5
  return Promise.resolve(katexEngine)
  // #endif
  // #ifdef H5
  return import('./katexEngine')
  // #endif
}

export function fetchHighlighter(): Promise<Grammars> {
  // #ifndef H5
  return Promise.resolve(highlightGrammars)
  // #endif
  // #ifdef H5
  return import('./highlightGrammars')
  // #endif
}

/** Where Mermaid's script lies, to be run in a page of its own; null where there are no pages. */
export function mermaidScript(): string | null {
  // #ifndef H5
  return null
  // #endif
  // #ifdef H5
  return mermaidAddress
  // #endif
}
