/**
 * The focus enters a dialog at `first`; the answer's call gives it back to where it was. Only
 * browsers have one.
 */
export function enterDialog(first: string): () => void {
  // #ifdef H5
  const before = document.activeElement
  document.querySelector<HTMLElement>(first)?.focus()
  // Later: what lies below cannot be focused before the dialog is gone.
  return () => requestAnimationFrame(() => (before as HTMLElement | null)?.focus())
  // #endif
  // #ifndef H5
  return () => undefined
  // #endif
}
