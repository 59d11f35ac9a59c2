import { defineStore } from 'pinia'
import { ref } from 'vue'

/** System prompts that were written and not saved yet, by conversation: leaving loses none. */
export const usePromptsStore = defineStore('prompts', () => {
  const written = ref<Record<string, string>>({})

  const find = (conversation: string | null): string | null =>
    written.value[nameOf(conversation)] ?? null

  /** `null` forgets it. */
  function keep(conversation: string | null, prompt: string | null): void {
    const others = Object.entries(written.value).filter(([name]) => name !== nameOf(conversation))
    const kept = prompt === null ? [] : [[nameOf(conversation), prompt] as const]
    written.value = Object.fromEntries([...others, ...kept])
  }

  const forget = (): void => void (written.value = {})

  return { find, keep, forget }
})

const nameOf = (conversation: string | null): string => conversation ?? 'new'
