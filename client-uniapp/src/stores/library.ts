import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { readOwn, writeOwn } from '../platform/ownStorage'
import type { ServerFrame } from '../protocol/frames'
import type { ConversationChanges, Shelf, StoredConversation } from '../protocol/rest'
import {
  changeConversation,
  deleteConversation,
  fetchConversations,
  restoreConversation,
} from '../session/http'
import { useToastStore } from './toast'

const KEPT = 'library'

/** The server's list of conversations as far as it was scrolled; the server alone changes it. */
export const useLibraryStore = defineStore('library', () => {
  const toast = useToastStore()
  const shelf = ref<Shelf>('active')
  const rows = shallowRef<StoredConversation[]>(keptRows())
  const next = ref<string | null>(null)
  /** Before the first page has come, an empty list means nothing. */
  const isLoaded = ref(false)
  /** Nobody looks at the list, so what changes is fetched when somebody does. */
  const isWatched = ref(false)
  let asked = 0

  async function load(): Promise<void> {
    const mine = ++asked
    const page = await fetchConversations(shelf.value, null).catch(() => null)
    if (page === null || mine !== asked) return
    rows.value = page.conversations
    next.value = page.next
    isLoaded.value = true
    if (shelf.value === 'active') writeOwn(KEPT, page.conversations)
  }

  async function loadMore(): Promise<void> {
    const cursor = next.value
    if (cursor === null) return
    next.value = null
    const mine = asked
    const page = await fetchConversations(shelf.value, cursor).catch(toast.showFailure)
    if (!page || mine !== asked) return
    rows.value = [...rows.value, ...page.conversations]
    next.value = page.next
  }

  function watchList(isOpen: boolean): void {
    isWatched.value = isOpen
    if (isOpen) void load()
  }

  function show(wanted: Shelf): void {
    shelf.value = wanted
    rows.value = wanted === 'active' ? keptRows() : []
    next.value = null
    isLoaded.value = false
    void load()
  }

  function forget(): void {
    asked += 1
    shelf.value = 'active'
    rows.value = []
    next.value = null
    isLoaded.value = false
  }

  /** What was seen of the list of the server that is here now. */
  function recall(): void {
    forget()
    rows.value = keptRows()
  }

  function receive(frame: ServerFrame): void {
    if (isWatched.value && (frame.type === 'changed' || frame.type === 'hello')) void load()
  }

  async function change(id: string, changes: ConversationChanges): Promise<boolean> {
    return carryOut(changeConversation(id, changes))
  }

  async function archive({ id, title }: StoredConversation, archived: boolean): Promise<boolean> {
    const isDone = await change(id, { archived })
    const undo = () => void change(id, { archived: !archived })
    if (isDone) toast.show(archived ? 'toast.archived' : 'toast.unarchived', { title }, undo)
    return isDone
  }

  async function remove({ id, title }: StoredConversation): Promise<boolean> {
    const isDone = await carryOut(deleteConversation(id))
    const undo = () => void carryOut(restoreConversation(id))
    if (isDone) toast.show('toast.deleted', { title }, undo)
    return isDone
  }

  async function carryOut(call: Promise<StoredConversation>): Promise<boolean> {
    const changed = await call.catch(toast.showFailure)
    if (!changed) return false
    await load()
    return true
  }

  return { shelf, rows, next, isLoaded, load, loadMore, watchList, show, forget, recall, receive, change, archive, remove }
})

function keptRows(): StoredConversation[] {
  const stored = readOwn(KEPT)
  return Array.isArray(stored) ? stored : []
}
