/**
 * Tells how high the element matching `selector` is when it grows, by new text or by itself as
 * when a picture or a formula has arrived. Only browsers can tell; false where the text's own
 * changes have to do.
 */
export function onContentResize(selector: string, listener: (height: number) => void): boolean {
  // #ifdef H5
  const element = document.querySelector(selector)
  if (element && 'ResizeObserver' in window) {
    new ResizeObserver(([entry]) => entry && listener(entry.contentRect.height)).observe(element)
    return true
  }
  // #endif
  return false
}
