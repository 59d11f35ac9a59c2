import type { ComputedRef } from 'vue'
import { computed } from 'vue'
import type { Answer } from '../protocol/conversation'
import { isContinuable } from '../protocol/conversation'
import { useModelsStore } from '../stores/models'

/** Refusals that asking again does not change; the answer can still be generated anew. */
const FOR_GOOD = ['not_resumable', 'not_interrupted', 'unknown_model']

/** Whether the answer can be continued from where its text ends. */
export function useContinuable(answer: () => Answer): ComputedRef<boolean> {
  const models = useModelsStore()
  return computed(() => {
    const { model, refusal } = answer()
    if (!isContinuable(answer()) || FOR_GOOD.includes(refusal?.code ?? '')) return false
    return models.find(model)?.resumable !== false
  })
}
