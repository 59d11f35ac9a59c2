// #ifdef H5
import { textWithFormulas } from './selectionText'
// #endif

/**
 * What is selected inside the elements matching `selector`, as plain text; empty where nothing is,
 * or where the platform does not tell.
 */
export function selectedText(selector: string): string {
  // #ifdef H5
  const selection = window.getSelection()
  if (!selection || selection.isCollapsed) return ''
  const isInside = [selection.anchorNode, selection.focusNode].every((node) =>
    elementOf(node)?.closest(selector),
  )
  if (!isInside) return ''
  return (textWithFormulas(selection) ?? selection.toString()).trim()
  // #endif
  // #ifndef H5
  return selector && ''
  // #endif
}

/** Selects all of the first element matching `selector`. */
export function selectAll(selector: string): void {
  // #ifdef H5
  const element = document.querySelector(selector)
  if (element) window.getSelection()?.selectAllChildren(element)
  // #endif
}

/** Tells what is selected there, whenever something is, until the answer's call. */
export function onSelection(selector: string, listener: (text: string) => void): () => void {
  // #ifdef H5
  const tell = () => {
    const text = selectedText(selector)
    if (text) listener(text)
  }
  document.addEventListener('selectionchange', tell)
  return () => document.removeEventListener('selectionchange', tell)
  // #endif
  // #ifndef H5
  return () => void [selector, listener]
  // #endif
}

/** From now on a formula that is copied with the text around it, or alone, gives its TeX. */
export function copyFormulasAsTex(): void {
  // #ifdef H5
  document.addEventListener('copy', (event) => {
    const selection = window.getSelection()
    if (!selection || elementOf(event.target as Node | null)?.closest('textarea, input')) return
    const text = textWithFormulas(selection)
    if (text === null) return
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
  })
  // #endif
}

function elementOf(node: Node | null): Element | null {
  return node instanceof Element ? node : (node?.parentElement ?? null)
}
