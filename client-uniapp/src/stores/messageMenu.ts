import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Message } from '../protocol/conversation'
import { useConversationStore } from './conversation'

/** What the menu's sheet shows: what can be done, or what was chosen. */
export type Panel = 'acts' | 'select' | 'figures' | 'picture'

/** The message whose menu is open, and the question that is being written anew. */
export const useMessageMenuStore = defineStore('messageMenu', () => {
  const conversation = useConversationStore()
  const subject = shallowRef<Pick<Message, 'key' | 'role'> | null>(null)
  const panel = ref<Panel>('acts')
  /** The part of the text that was selected when the menu was opened. */
  const selection = ref('')
  /** The key of the question whose words are in an edit field. */
  const editing = ref<string | null>(null)

  /** As it is now: an answer may end, or go off the screen, while its menu is open. */
  const message = computed(
    () =>
      conversation.messages.find(
        ({ key, role }) => key === subject.value?.key && role === subject.value.role,
      ) ?? null,
  )

  function open({ key, role }: Message, selected = ''): void {
    subject.value = { key, role }
    selection.value = selected
    panel.value = 'acts'
  }

  function close(): void {
    subject.value = null
  }

  function forget(): void {
    close()
    panel.value = 'acts'
    selection.value = ''
    editing.value = null
  }

  return { message, panel, selection, editing, open, close, forget }
})
