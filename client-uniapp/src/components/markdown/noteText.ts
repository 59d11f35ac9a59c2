import type { InjectionKey } from 'vue'

/** What the footnote of a name says, as far as the answer has come. */
export const NOTE_TEXT: InjectionKey<(label: string) => string> = Symbol('note-text')
