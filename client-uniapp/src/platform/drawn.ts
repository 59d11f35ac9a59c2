/** A hidden page draws nothing; the wait for it ends after this. */
const LONGEST_MS = 200

/** Resolves when what was changed is on the screen, as far as the platform can tell. */
export function drawn(): Promise<void> {
  return new Promise((resolve) => {
    // #ifdef H5
    const timer = setTimeout(resolve, LONGEST_MS)
    requestAnimationFrame(() => {
      clearTimeout(timer)
      setTimeout(resolve)
    })
    // #endif
    // #ifndef H5
    setTimeout(resolve)
    // #endif
  })
}
