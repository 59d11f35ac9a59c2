import { onScopeDispose, watch } from 'vue'
import type { Side } from './drawnParts'
import { rangeAt, shifted, tailRange, type Range } from './drawnRange'
import { DrawnState, type Messages } from './drawnState'
import { DrawnSteps, type View } from './drawnSteps'

/**
 * The drawn part of a long conversation. A phone that opens it draws its end; earlier messages
 * are drawn when somebody scrolls near them, a few blocks in each frame, and let go when they
 * are far away again.
 */
export function useDrawnRange(conversation: Messages & View) {
  const { length, name } = conversation
  const state = new DrawnState(conversation)
  const steps = new DrawnSteps(state, conversation)
  onScopeDispose(() => steps.leave())

  watch([() => name(length() - 1), length], ([newest, now], [before, count]) => {
    if (newest === before) return state.show(shifted(state.range.value, now - count))
    followEnd(state.range.value.to >= count)
  })

  /** What is drawn of a conversation that goes on stays; another one is shown from its end. */
  function followEnd(wasAtEnd: boolean): void {
    const from = wasAtEnd ? state.firstIndex() : -1
    if (from < 0) return open(tailRange(length()), 'above')
    state.parts.finish()
    state.show({ from, to: length() })
  }

  /** Something else, which grows to this side until it fills the view. */
  function open(next: Range, side: Side): void {
    state.parts.finish()
    state.isFilling.value = true
    void state.add(next, side)
    void steps.settle()
  }

  function toEnd(): void {
    if (!state.isAtEnd()) open(tailRange(length()), 'above')
  }

  /** Draws from the message with this index on, if it is not drawn yet. */
  function reach(index: number): void {
    if (state.has(index)) return state.parts.finish()
    open(rangeAt(index, length()), 'below')
  }

  if (length() > 0) open(state.range.value, 'above')
  const { range, parts, isFilling } = state
  const isAtEnd = (): boolean => state.isAtEnd()
  return { range, parts, isAtEnd, isFilling, toEnd, reach, settle: () => steps.settle() }
}
