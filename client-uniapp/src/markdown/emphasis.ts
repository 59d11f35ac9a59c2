import type { Rules } from 'marked'

import { CJK_LETTERS, CJK_PUNCTUATION } from './cjk'

/**
 * CommonMark lets a run of `*` close emphasis after punctuation only when white space or more
 * punctuation follows. Chinese sets no spaces, so `**注意：**请` and `**“你好”**说` would keep
 * their stars. Here CJK characters, full-width punctuation included, are neutral: they never
 * hinder a delimiter, and next to one of them other punctuation does not hinder it either.
 * `_` keeps CommonMark's rules, since it is part of many identifiers.
 *
 * A single `~` never deletes: `20~25℃` is a range, and GFM's single tilde would strike it out.
 */

const CJK = `${CJK_LETTERS}${CJK_PUNCTUATION}`
/** One character each; `~` counts as a letter inside `*…*`, as in GFM. */
const PUNCTUATION = `(?![~${CJK}])[\\p{P}\\p{S}]`
const LETTER = `(?:[^\\s\\p{P}\\p{S}]|[~${CJK}])`
const CJK_ONE = `[${CJK}]`
const NO_TILDE_LETTER = `(?:[^\\s\\p{P}\\p{S}]|[${CJK}])`

/**
 * marked reads the closing delimiter through numbered groups: 1 and 2 can only close, 3 and 4
 * can only open, 5 and 6 can do both. The order of the alternatives is therefore fixed.
 */
function closers(skip: string, delimiter: string, run: string, letter: string): RegExp {
  const punctuation = `(?!${delimiter})${PUNCTUATION}`
  return new RegExp(
    [
      `${skip}`,
      `(?:${punctuation}|${letter})(${run})(?!${delimiter})(?=\\s|$)`,
      `(?!${CJK_ONE})${letter}(${run})(?!${delimiter})(?=${PUNCTUATION})`,
      `(?:${punctuation}|\\s)(${run})(?=(?!${CJK_ONE})${letter})`,
      `\\s(${run})(?!${delimiter})(?=${PUNCTUATION}|${CJK_ONE})`,
      `${punctuation}(${run})(?!${delimiter})(?=${PUNCTUATION}|${CJK_ONE})`,
      `${letter}(${run})(?!${delimiter})(?=${letter}|${PUNCTUATION})`,
    ].join('|'),
    'gu',
  )
}

const STAR_SKIP = '^[^_*]*?__[^_*]*?\\*[^_*]*?(?=__)|[^*]+(?=[^*])'
const TILDE_SKIP = '^[^~]+(?=[^~])'

const STAR_OPENER = `\\*+(?:((?!\\*)${PUNCTUATION})|([^\\s*]))?`
const UNDERSCORE_OPENER = '_+(?:((?!_)(?!~)[\\p{P}\\p{S}])|([^\\s_]))?'

/** The inline rules of marked that decide where `*` and `~` open and close. */
export const emphasisRules: Partial<Rules['inline']> = {
  emStrongLDelim: new RegExp(`^(?:${STAR_OPENER})|^${UNDERSCORE_OPENER}`, 'u'),
  emStrongRDelimAst: closers(STAR_SKIP, '\\*', '\\*+', LETTER),
  delLDelim: new RegExp(`^~~(?:((?!~)${PUNCTUATION})|[^\\s~])`, 'u'),
  delRDelim: closers(TILDE_SKIP, '~', '~~', NO_TILDE_LETTER),
  punctuation: new RegExp(`^((?![*_])[\\s\\p{P}\\p{S}${CJK}])`, 'u'),
}
