import { computed } from 'vue'
import { silenceNote } from '../message/silenceNote'
import { estimatedTokens } from '../message/tokens'
import type { Answer } from '../protocol/conversation'
import { useConnectionStore } from '../stores/connection'
import { useConversationStore } from '../stores/conversation'
import { useSilence } from './useSilence'

/** The sentence about an answer's silence, and whether it is silent at all. */
export function useSilenceNote(answer: () => Answer) {
  const connection = useConnectionStore()
  const conversation = useConversationStore()
  const { silence, isHeard } = useSilence(answer)

  /** All that the model was asked, the history included. */
  function tokens(): number {
    const at = conversation.messages.findIndex(({ key }) => key === answer().key)
    return estimatedTokens(conversation.messages.slice(0, at + 1).map(({ content }) => content))
  }

  const isSilent = computed(() => silence.value !== 'none')
  const note = computed(() =>
    silenceNote(answer(), {
      silence: silence.value,
      isOnline: connection.isOnline,
      isHeard: isHeard.value,
      tokens: silence.value === 'long' ? tokens() : 0,
    }),
  )
  return { isSilent, note }
}
