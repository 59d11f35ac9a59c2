import { defineStore } from 'pinia'
import { computed, ref } from 'vue'

export const SCREENS = [
  'settings',
  'sampling',
  'personas',
  'persona',
  'models',
  'addModel',
  'provider',
  'connection',
  'devices',
  'members',
  'limits',
  'conversation',
] as const

export type ScreenName = (typeof SCREENS)[number]

/** What these are about is known to the open page alone, so a reload leads back to the list. */
const OF_ONE = ['persona', 'limits', 'provider']

const isRestorable = (name: string): name is ScreenName =>
  !OF_ONE.includes(name) && SCREENS.some((known) => known === name)

/** The screens that lie over the chat, one above the other. */
export const useScreensStore = defineStore('screens', () => {
  const path = ref<ScreenName[]>([])
  /** What a reload needs to know to open them again. */
  const note = computed(() => path.value.join('/'))

  const isOpen = (name: ScreenName): boolean => path.value.includes(name)

  function open(name: ScreenName): void {
    if (!isOpen(name)) path.value = [...path.value, name]
  }

  /** With what lies above it. */
  function close(name: ScreenName): void {
    const at = path.value.indexOf(name)
    if (at >= 0) path.value = path.value.slice(0, at)
  }

  const closeAll = (): void => void (path.value = [])

  function restore(noted: string): void {
    path.value = noted.split('/').filter(isRestorable)
  }

  return { path, note, isOpen, open, close, closeAll, restore, forget: closeAll }
})
