import type { EnterPress } from './enterKey'
import { isSending } from './enterKey'

/**
 * Lets Enter send on a desktop's keyboard, and names the field for screen readers.
 *
 * uni-app's textarea hides the browser's own one, whose key events say whether an input method
 * is composing; so on H5 they are read there. The other targets have no such keyboard.
 */
export function watchComposerField(
  label: string,
  send: () => void,
  choice: () => EnterPress['choice'] = () => 'device',
): void {
  // #ifdef H5
  const field = browserField()
  if (!field) return
  field.setAttribute('aria-label', label)
  if (!field.dataset.watched) watchKeys(field, send, choice)
  field.dataset.watched = 'yes'
  // #endif
}

/**
 * What stands in the field now; `reported` is what uni-app reports. On H5 that is up to 100 ms
 * old, so fast typing and Enter would send half a word.
 */
export function writtenText(reported: string): string {
  // #ifdef H5
  return browserField()?.value ?? reported
  // #endif
  // #ifndef H5
  return reported
  // #endif
}

/** Empties the field. The input event overtakes uni-app's late news of what stood in it. */
export function clearField(): void {
  // #ifdef H5
  const field = browserField()
  if (!field) return
  field.value = ''
  field.dispatchEvent(new Event('input'))
  // #endif
}

/** Brings the keyboard where a browser allows that; a sheet gives the focus back a moment later. */
export function focusComposer(): void {
  // #ifdef H5
  setTimeout(() => browserField()?.focus(), AFTER_SHEET_MS)
  // #endif
}

// #ifdef H5
const AFTER_SHEET_MS = 50
// #endif

function browserField(): HTMLTextAreaElement | null {
  return document.querySelector<HTMLTextAreaElement>('.composer-field textarea')
}

function watchKeys(
  field: HTMLTextAreaElement,
  send: () => void,
  choice: () => EnterPress['choice'],
): void {
  let composedAt = -Infinity
  field.addEventListener('compositionend', ({ timeStamp }) => (composedAt = timeStamp))
  field.addEventListener('keydown', (event) => {
    const { key, keyCode, shiftKey, isComposing, timeStamp } = event
    const press = {
      key,
      keyCode,
      shiftKey,
      isComposing,
      isCommand: event.ctrlKey || event.metaKey,
      sinceComposition: timeStamp - composedAt,
      isTouch: hasTouchKeyboard(),
      choice: choice(),
    }
    if (!isSending(press)) return
    event.preventDefault()
    send()
  })
}

/** Its Enter makes a new line unless somebody wants it otherwise. */
export function hasTouchKeyboard(): boolean {
  // #ifdef H5
  return window.matchMedia('(pointer: coarse)').matches
  // #endif
  // #ifndef H5
  return true
  // #endif
}

/** Only browsers tell of single keys; elsewhere there is nothing to choose. */
export function canChooseEnter(): boolean {
  // #ifdef H5
  return true
  // #endif
  // #ifndef H5
  return false
  // #endif
}
