/**
 * The type of a field for digits. WeChat opens its number pad by the type alone; a browser's own
 * number field would lose leading zeros, and has `inputmode` for that.
 */
export function digitsFieldType(): 'text' | 'number' {
  // #ifndef MP-WEIXIN
  return 'text'
  // #endif
  // #ifdef MP-WEIXIN
  return 'number'
  // #endif
}
