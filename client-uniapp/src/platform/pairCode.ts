/**
 * The pairing code in the link that somebody scanned. It is good for one device, once; all the
 * same it stays in no address bar and no history, where the next person would read it.
 */
import { pairCodeOf } from './serverAddress'

let opened: string | null = null

/** To be called before anything else looks at the address. */
export function readPairCode(): void {
  // #ifdef H5
  opened = taken()
  // #endif
}

/** What the page was opened with, once. */
export function takePairCode(): string | null {
  const code = opened
  opened = null
  return code
}

/** Told the code of another link that was opened in this page. */
export function onPairCode(listener: (code: string) => void): void {
  // #ifdef H5
  window.addEventListener('hashchange', () => {
    const code = taken()
    if (code !== null) listener(code)
  })
  // #endif
  // #ifndef H5
  void listener
  // #endif
}

// #ifdef H5
function taken(): string | null {
  const code = pairCodeOf(location.hash)
  if (code !== null) history.replaceState(history.state, '', location.pathname + location.search)
  return code
}
// #endif
