import { firstGraphemes } from '../message/graphemes'
import { hasVisible } from '../message/visible'

/** More than a header shows; what does not fit ends in the style's ellipsis. */
const LENGTH = 80
/** UTF-16 units looked at: a family of emoji has eleven. */
const ENOUGH = 12 * LENGTH

/** A title as it is shown; empty where nothing of it would be seen, and words stand for it. */
export function shownTitle(title: string): string {
  return hasVisible(title) ? title : ''
}

/** The title of a conversation that has none yet: the beginning of its first question. */
export function titleOf(question: string): string {
  const line = question.trim().slice(0, ENOUGH).replace(/\s+/g, ' ')
  return shownTitle(firstGraphemes(line, LENGTH))
}
