import { reactive, watch, type InjectionKey, type Ref } from 'vue'

import type { Block } from '../../markdown/blocks'

/** Which folds of an answer show what is in them, by the keys of their blocks. */
export interface Folds {
  isOpen(key: number): boolean
  toggle(key: number): void
  /** Nobody can open or close them, as in a picture: all are open. */
  readonly areFixed: boolean
}

export const FOLDS: InjectionKey<Folds> = Symbol('folds')

function hasEnd(blocks: readonly Block[], key: number): boolean {
  return blocks.some((block) => block.kind === 'foldEnd' && block.fold === key)
}

/**
 * The folds among `blocks`. Closed at first, but for one that its author opened and one whose end
 * has not come: what is being written stays in sight, and is not folded away when it ends.
 */
export function useFolds(blocks: Ref<readonly Block[]>, areFixed: boolean): Folds {
  const open = reactive(new Map<number, boolean>())

  watch(
    blocks,
    (all, before) => {
      if (before && all.length < before.length) open.clear()
      for (const block of all) {
        if (block.kind !== 'fold' || open.has(block.key)) continue
        open.set(block.key, block.isOpen || !hasEnd(all, block.key))
      }
    },
    { immediate: true },
  )

  const isOpen = (key: number): boolean => areFixed || (open.get(key) ?? true)
  return { isOpen, toggle: (key) => void open.set(key, !isOpen(key)), areFixed }
}
