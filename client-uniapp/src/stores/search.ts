import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Hit } from '../protocol/rest'
import { searchFor } from '../session/http'
import { useToastStore } from './toast'

/** A word typed in one go is one question to the server. */
const PAUSE_MS = 250

/** What the server finds in titles and texts; null while nothing was asked, or no answer came. */
export const useSearchStore = defineStore('search', () => {
  const toast = useToastStore()
  const words = ref('')
  const hits = shallowRef<Hit[] | null>(null)
  const next = ref<string | null>(null)
  const isUnreached = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  function type(typed: string): void {
    words.value = typed
    clearTimeout(timer)
    asked += 1
    next.value = null
    if (typed.trim() === '') hits.value = null
    else timer = setTimeout(() => void ask(), PAUSE_MS)
  }

  async function ask(): Promise<void> {
    const mine = ++asked
    const page = await searchFor(words.value.trim(), null).catch(() => null)
    if (mine !== asked) return
    hits.value = page?.hits ?? null
    next.value = page?.next ?? null
    isUnreached.value = page === null
  }

  /** The next page is put below; where it cannot be had, the way to ask for it stays. */
  async function loadMore(): Promise<void> {
    const cursor = next.value
    if (cursor === null) return
    next.value = null
    const mine = asked
    const page = await searchFor(words.value.trim(), cursor).catch(toast.showFailure)
    if (mine !== asked) return
    if (page) hits.value = [...(hits.value ?? []), ...page.hits]
    next.value = page ? page.next : cursor
  }

  const forget = (): void => type('')

  return { words, hits, next, isUnreached, type, loadMore, forget }
})
