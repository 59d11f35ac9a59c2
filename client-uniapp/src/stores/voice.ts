import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { Message } from '../protocol/conversation'
import { stopSpeaking, say, type Sentence } from '../platform/speech'
import { useConversationStore } from './conversation'

/** The message that is being read aloud, one at a time. */
export const useVoiceStore = defineStore('voice', () => {
  const conversation = useConversationStore()
  const reading = ref<string | null>(null)
  /** Raised by every beginning and end: a reading that is no longer the last says nothing more. */
  let readings = 0

  async function read({ key }: Message, sentences: Sentence[]): Promise<void> {
    stop()
    const mine = readings
    reading.value = key
    for (const sentence of sentences) {
      const wasSpoken = await say(sentence)
      if (mine !== readings) return
      if (!wasSpoken) break
    }
    reading.value = null
  }

  function stop(): void {
    readings += 1
    if (reading.value !== null) stopSpeaking()
    reading.value = null
  }

  watch(() => conversation.conversation.id, stop)
  return { reading, read, stop, forget: stop }
})
