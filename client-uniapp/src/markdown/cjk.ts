/**
 * Characters that Chinese, Japanese and Korean text is written with, as the body of a regular
 * expression class (flag `u`). The ideographic space U+3000 is left out: it is white space.
 */
export const CJK_LETTERS =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}'

/** Full-width punctuation, corner brackets, Chinese quotation marks, dashes and ellipses. */
export const CJK_PUNCTUATION =
  '\\u3001-\\u3003\\u3008-\\u3020\\u302A-\\u303F\\u30FB\\uFE30-\\uFE4F\\uFF01-\\uFFEF' +
  '\\u2018\\u2019\\u201C\\u201D\\u2014\\u2026\\u00B7'
