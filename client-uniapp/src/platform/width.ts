/** Here the list of conversations and the chat stand side by side; style sheets name it, too. */
const WIDE = 900

/** Tells whether the page is wide, at once and when that changes. Ends with the answer's call. */
export function onWide(listener: (isWide: boolean) => void): () => void {
  // #ifdef H5
  const query = window.matchMedia(`(min-width: ${WIDE}px)`)
  const report = () => listener(query.matches)
  query.addEventListener?.('change', report)
  report()
  return () => query.removeEventListener?.('change', report)
  // #endif
  // #ifndef H5
  const onResize = ({ size }: UniNamespace.WindowResizeResult) => listener(size.windowWidth >= WIDE)
  uni.onWindowResize(onResize)
  listener(uni.getSystemInfoSync().windowWidth >= WIDE)
  return () => uni.offWindowResize(onResize)
  // #endif
}
