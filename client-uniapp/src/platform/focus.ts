/**
 * The focus goes to what matches `target`, where it was `within` or nowhere: what had it is gone,
 * or says something else now. It is not taken from a field somewhere else. Only browsers have one.
 */
export function moveFocus(within: string, target: string): void {
  // #ifdef H5
  const now = document.activeElement
  if (now !== null && now !== document.body && now.closest(within) === null) return
  document.querySelector<HTMLElement>(`${within} ${target}`)?.focus()
  // #endif
}
