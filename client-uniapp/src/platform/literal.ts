/**
 * Text for a `<text>` element. uni-app's component reads `\n` as a line end and swallows single
 * backslashes: `C:\new` would be torn in two. On H5 it is an element alone, which takes all as
 * it is; see build/plain_elements.ts.
 */
export function literal(text: string): string {
  // #ifdef H5
  return text
  // #endif
  // #ifndef H5
  return text.replace(/\\/g, '\\\\')
  // #endif
}
