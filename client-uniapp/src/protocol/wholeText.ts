/**
 * Text that any server can read and store. JavaScript's strings may hold half a surrogate pair,
 * for example after a keyboard or a cut has split an emoji, and no UTF-8 can say that.
 */

const REPLACEMENT = '\ufffd'
const ODD = /[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff\0]/g

/** U+FFFD for each half of a pair and for each NUL; whole characters stay. */
export const wholeText = (text: string): string =>
  text.replace(ODD, (found) => (found.length === 2 ? found : REPLACEMENT))

/** JSON in which every text is whole: the one way in which texts leave this device. */
export const wholeJson = (value: object): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'string' ? wholeText(inner) : inner,
  )
