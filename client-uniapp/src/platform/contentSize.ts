/**
 * Tells how high the element matching `selector` is when that changes, by new text or by itself as
 * when a picture or a formula has arrived. Only browsers can tell; false where the text's own
 * changes have to do.
 */
export function onContentResize(selector: string, listener: (height: number) => void): boolean {
  // #ifdef H5
  const element = document.querySelector<HTMLElement>(selector)
  if (element && 'ResizeObserver' in window) {
    new ResizeObserver(() => listener(element.offsetHeight)).observe(element)
    return true
  }
  // #endif
  return false
}
