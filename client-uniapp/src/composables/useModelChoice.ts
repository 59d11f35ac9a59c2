import { shallowRef } from 'vue'
import type { Model } from '../protocol/frames'
import { useModelsStore } from '../stores/models'

/**
 * Chooses a model. `asked` is one whose provider was never used on this device: the person agrees
 * first, or cancels. `chosen` is called once it is the one that answers.
 */
export function useModelChoice(chosen: (model: Model) => void = () => undefined) {
  const models = useModelsStore()
  const asked = shallowRef<Model | null>(null)

  function choose(model: Model): void {
    if (models.isNewProvider(model)) asked.value = model
    else take(model)
  }

  function agree(): void {
    if (asked.value === null) return
    models.acknowledge(asked.value)
    take(asked.value)
    cancel()
  }

  function cancel(): void {
    asked.value = null
  }

  function take(model: Model): void {
    void models.choose(model.id)
    chosen(model)
  }

  return { asked, choose, agree, cancel }
}
