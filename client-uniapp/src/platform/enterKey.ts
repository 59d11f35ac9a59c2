/** What Enter means in the composer. Pure, since every input method gets it wrong differently. */
export interface EnterPress {
  key: string
  keyCode: number
  shiftKey: boolean
  /** Control or the Mac's command key. */
  isCommand: boolean
  isComposing: boolean
  /** Milliseconds since a composition ended; Infinity where there was none. */
  sinceComposition: number
  isTouch: boolean
  /** What somebody has chosen for this device. */
  choice: EnterChoice
}

/** `device`: it sends on a keyboard and makes a new line on a touch screen. */
type EnterChoice = 'device' | 'send' | 'line'

/** Safari reports the Enter that confirms a word just after the composition's end. */
const CONFIRMING_MS = 100

/**
 * Whether this press sends. With Shift it never does, with Control always.
 *
 * keyCode 229 alone proves nothing: some input methods report it for every key, and a rule that
 * swallows it would swallow the real Enter too.
 */
export function isSending(press: EnterPress): boolean {
  if (press.key !== 'Enter' || press.shiftKey || press.isComposing) return false
  if (press.keyCode === 229 && press.sinceComposition < CONFIRMING_MS) return false
  if (press.isCommand || press.choice === 'send') return true
  return press.choice === 'device' && !press.isTouch
}
