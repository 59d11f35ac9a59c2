/**
 * Hands the name of each of uni-app's fields inside of what matches to the browser's own field in
 * it: that is the one that a screen reader reads. The other targets have no such inner field.
 */
export function nameFields(within: string): void {
  // #ifdef H5
  for (const outer of named(`${within} :is(uni-input, uni-textarea)`)) {
    const name = outer.getAttribute('aria-label') ?? ''
    outer.querySelector('input, textarea')?.setAttribute('aria-label', name)
  }
  // #endif
}

/** The same for pictures, once they are there: the shell has the name, and the picture none. */
export function namePictures(within: string): void {
  // #ifdef H5
  for (const outer of named(`${within} uni-image`)) {
    outer.querySelector('img')?.setAttribute('alt', outer.getAttribute('aria-label') ?? '')
  }
  // #endif
}

// #ifdef H5
function named(selector: string): Element[] {
  return Array.from(document.querySelectorAll(`${selector}[aria-label]`))
}
// #endif
