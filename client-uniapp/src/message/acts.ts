/** What can be done with a message, in the order of its menu. */
import type { Answer, Message } from '../protocol/conversation'
import { isAnswer, isFinal } from '../protocol/conversation'

export type ActName =
  | 'copyPart'
  | 'quotePart'
  | 'copyText'
  | 'copyMarkdown'
  | 'select'
  | 'quote'
  | 'regenerate'
  | 'edit'
  | 'read'
  | 'shareText'
  | 'sharePicture'
  | 'figures'

export interface Act {
  name: ActName
  /** Why this device cannot do it, a sentence of the locale; null where it can. */
  why: string | null
}

export interface Circumstances {
  isRunning: boolean
  isLast: boolean
  /** Something of the text is selected. */
  isPart: boolean
  /** What hinders, a sentence of the locale. */
  readTrouble: string | null
  pictureTrouble: string | null
}

export function actsOf(message: Message, circumstances: Circumstances): Act[] {
  const names = isAnswer(message)
    ? answerActs(message, circumstances)
    : questionActs(message.id !== null && !circumstances.isRunning)
  const part: ActName[] = circumstances.isPart ? ['copyPart', 'quotePart'] : []
  return [...part, ...names].map((name) => ({ name, why: whyNot(name, circumstances) }))
}

function questionActs(isEditable: boolean): ActName[] {
  const edit: ActName[] = isEditable ? ['edit'] : []
  return ['copyText', 'select', 'quote', ...edit, 'read', 'shareText']
}

/** An answer without text has none to copy; one that is being written has no figures yet. */
function answerActs(answer: Answer, { isLast, isRunning }: Circumstances): ActName[] {
  const text: ActName[] = ['copyText', 'copyMarkdown', 'select', 'quote']
  const passOn: ActName[] = ['read', 'shareText', 'sharePicture']
  const canRegenerate = isLast && !isRunning && isRegenerable(answer)
  return [
    ...(answer.content ? text : []),
    ...(canRegenerate ? (['regenerate'] as const) : []),
    ...(answer.content && isFinal(answer) ? passOn : []),
    ...(isFinal(answer) ? (['figures'] as const) : []),
  ]
}

/** What failed offers to try again itself. */
export function isRegenerable({ id, status }: Answer): boolean {
  return id !== null && status !== 'failed'
}

function whyNot(name: ActName, { readTrouble, pictureTrouble }: Circumstances): string | null {
  if (name === 'read') return readTrouble
  return name === 'sharePicture' ? pictureTrouble : null
}
