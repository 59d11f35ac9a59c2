/**
 * White space, controls, Unicode's Default_Ignorable_Code_Point, interlinear annotation marks and
 * the Braille pattern without dots: the server draws the same line.
 */
const INVISIBLE = new RegExp(
  '^[\\s\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f' +
    '\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u2800\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0' +
    '\\ufff0-\\ufffb\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}]*$',
  'u',
)

/** Whether any character of the text is drawn. */
export function hasVisible(text: string): boolean {
  return !INVISIBLE.test(text)
}
