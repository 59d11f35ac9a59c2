import { computed } from 'vue'
import { withOption } from '../options/knobs'
import { canSwitchThinking, thinkingOf } from '../options/thinking'
import { useConversationStore } from '../stores/conversation'
import { useConversationSettingsStore } from '../stores/conversationSettings'
import { useModelsStore } from '../stores/models'
import { usePreferencesStore } from '../stores/preferences'

/** Switches whether the next answers think: where the conversation says it, there, else on this
 * device. */
export function useThinking() {
  const models = useModelsStore()
  const preferences = usePreferencesStore()
  const store = useConversationStore()
  const settings = useConversationSettingsStore()

  const own = computed(() => store.conversation.options ?? {})
  const canSwitch = computed(() => canSwitchThinking(models.current))
  const thinking = computed(() =>
    thinkingOf({ ...preferences.options, ...own.value }, models.current),
  )

  async function toggle(): Promise<void> {
    const wanted = thinking.value !== 'on'
    if ((own.value.enable_thinking ?? null) === null) {
      preferences.options = withOption(preferences.options, 'enable_thinking', wanted)
      return
    }
    await settings.configure({ options: withOption(own.value, 'enable_thinking', wanted) })
  }

  return { canSwitch, thinking, toggle }
}
