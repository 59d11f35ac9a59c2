import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Conversation } from '../protocol/conversation'
import { emptyConversation, isAnswer, unfinishedAnswers } from '../protocol/conversation'
import { keep, recall as recallKept } from './kept'

/** The conversation on the screen, and what is typed for it. */
export const useConversationStore = defineStore('conversation', () => {
  const kept = recallKept()
  const conversation = shallowRef<Conversation>(kept.conversation)
  const draft = ref(kept.draft)
  /** Nothing of it was seen here before, and the server has not sent it yet. */
  const isUnseen = ref(false)
  /** Its messages are being fetched. */
  const isOpening = ref(false)

  const messages = computed(() => conversation.value.messages)
  const isRunning = computed(() => unfinishedAnswers(conversation.value).length > 0)
  const lastAnswer = computed(() => messages.value.filter(isAnswer).pop() ?? null)
  const isShown = (key: string): boolean => messages.value.some((message) => message.key === key)

  function change(next: Conversation): void {
    conversation.value = next
    save()
  }

  const save = (): void => keep({ conversation: conversation.value, draft: draft.value })

  /** Shows what this tab showed last of the server that is here now. */
  const recall = (): void => replace(recallKept())

  /** Shows an empty conversation; what is in the storage stays. */
  const forget = (): void => replace({ conversation: emptyConversation(), draft: '' })

  function replace(next: typeof kept): void {
    conversation.value = next.conversation
    draft.value = next.draft
    isUnseen.value = false
    isOpening.value = false
  }

  return {
    ...{ conversation, draft, isUnseen, isOpening, messages, isRunning, lastAnswer },
    ...{ isShown, change, save, recall, forget },
  }
})
