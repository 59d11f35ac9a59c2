import { shallowRef, watch, type ShallowRef } from 'vue'

import type { Block } from '../../markdown/blocks'
import { MarkdownStream, parseMarkdown } from '../../markdown/stream'

/**
 * The blocks of a text that grows until `done`. A text that does not begin with the earlier one
 * starts over. Every change of the text is shown: how often it changes is the session's to pace.
 */
export function useMarkdown(
  source: () => string,
  done: () => boolean,
): ShallowRef<readonly Block[]> {
  const blocks = shallowRef<readonly Block[]>([])
  let stream = new MarkdownStream()
  let seen = ''
  let isFinished = false

  /** A stream would read it again as what may still grow. */
  function takeWhole(text: string): void {
    isFinished = true
    blocks.value = parseMarkdown(text)
  }

  function take(text: string, isDone: boolean): void {
    if (isDone && seen === '') return takeWhole(text)
    if (isFinished || !text.startsWith(seen)) {
      stream = new MarkdownStream()
      seen = ''
    }
    stream.append(text.slice(seen.length))
    seen = text
    isFinished = isDone
    if (isFinished) stream.finish()
    blocks.value = stream.blocks
  }

  watch([source, done], ([text, isDone]) => take(text, isDone), { immediate: true })
  return blocks
}
