/** The browser's history and Escape, where there is a browser; elsewhere nothing happens here. */

/** What the page's place in the history is marked with. */
interface Mark {
  depth: number
  note: string
}

/** How deep in its layers the page stood, and its note, when it was loaded or reloaded. */
export function markAtStart(): Mark {
  // #ifdef H5
  return { depth: Number(history.state?.depth ?? 0), note: String(history.state?.note ?? '') }
  // #endif
  // #ifndef H5
  return { depth: 0, note: '' }
  // #endif
}

/** The router's own marks are kept: it looks at every entry. */
export function pushEntry(mark: Mark): void {
  // #ifdef H5
  history.pushState({ ...history.state, ...mark }, '')
  // #endif
}

export function markEntry(mark: Mark): void {
  // #ifdef H5
  history.replaceState({ ...history.state, ...mark }, '')
  // #endif
}

export function goInHistory(delta: number): void {
  // #ifdef H5
  history.go(delta)
  // #endif
}

/** Tells the depth of the entry that the browser has moved to. */
export function onMoved(listener: (depth: number) => void): void {
  // #ifdef H5
  window.addEventListener('popstate', ({ state }) => listener(Number(state?.depth ?? 0)))
  // #endif
}

/** Escape on a keyboard; the one that ends an input method's composing is not meant. */
export function onEscape(listener: () => void): void {
  // #ifdef H5
  document.addEventListener('keydown', ({ key, isComposing }) => {
    if (key === 'Escape' && !isComposing) listener()
  })
  // #endif
}
