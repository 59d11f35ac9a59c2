import { nextTick, onScopeDispose, ref } from 'vue'
import type { ShortcutName } from '../keyboard/shortcuts'
import { focusField, onArrows, onShortcut } from '../platform/keyboard'
import { useConversationStore } from '../stores/conversation'
import { useNavigationStore } from '../stores/navigation'
import { useRunControlStore } from '../stores/runControl'
import { useLayersStore } from '../stores/layers'
import { useScreensStore } from '../stores/screens'

/** Carries out the shortcuts of the page; `showList` makes the search field visible. */
export function useShortcuts(showList: () => void) {
  const conversation = useConversationStore()
  const navigation = useNavigationStore()
  const runs = useRunControlStore()
  const layers = useLayersStore()
  const screens = useScreensStore()
  const isListing = ref(false)

  const acts: Record<ShortcutName, () => void> = {
    newChat: () => {
      navigation.startNew()
      leaveTo('.composer')
    },
    search: () => {
      showList()
      void nextTick(() => focusField('.search'))
    },
    write: () => leaveTo('.composer'),
    stop: () => runs.stop(),
    list: () => (isListing.value = true),
  }

  function leaveTo(field: string): void {
    screens.closeAll()
    // What lay below a screen can be focused when the screen has gone, not before.
    void nextTick(() => requestAnimationFrame(() => focusField(field)))
  }

  /** A sheet wants an answer first; Escape closes what is open before it stops an answer. */
  function isMeant(name: ShortcutName): boolean {
    if (name === 'stop') return layers.count === 0 && conversation.isRunning
    return layers.count === screens.path.length
  }

  function carryOut(name: ShortcutName): boolean {
    if (!isMeant(name)) return false
    acts[name]()
    return true
  }

  onScopeDispose(onShortcut(carryOut))
  onScopeDispose(onArrows())
  return { isListing }
}
