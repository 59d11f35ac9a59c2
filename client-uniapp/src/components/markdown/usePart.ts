import { computed, inject, onScopeDispose, shallowRef, type ComputedRef } from 'vue'

import { DRAWN_PARTS, type DrawnParts, type Part } from '../../composables/drawnParts'

/** Which blocks are drawn: from `from` up to, and without, `to`. */
export interface Window {
  readonly from: number
  readonly to: number
}

const WHOLE: Window = { from: 0, to: Infinity }

/** All blocks, or as many as the list around this text lets it draw so far. */
export function usePart(length: () => number): ComputedRef<Window> {
  const parts = inject(DRAWN_PARTS, null)
  const window = shallowRef(WHOLE)
  const begin = parts && beginning(parts, length())
  if (!begin) return computed(() => window.value)
  window.value = begin.window

  const part: Part = {
    side: begin.side,
    isWhole: () => window.value === WHOLE,
    more: () => (window.value = grown(window.value, length())),
    finish: () => (window.value = WHOLE),
  }
  parts.begin(part)
  onScopeDispose(() => parts.forget(part))
  return computed(() => window.value)
}

function beginning({ adding: side }: DrawnParts, length: number) {
  if (side === null || length < 2) return null
  const window = side === 'above' ? { from: length, to: Infinity } : { from: 0, to: 0 }
  return { side, window }
}

function grown({ from, to }: Window, length: number): Window {
  if (from > 0) return from === 1 ? WHOLE : { from: from - 1, to }
  return to + 1 >= length ? WHOLE : { from, to: to + 1 }
}
