/** Whether the thinking of a model can be switched, and what holds for the next question. Pure. */
import type { Model, Options } from '../protocol/frames'
import { isUsable, restrictionOf } from './rules'

/** `byModel`: nothing was chosen, and nobody here knows what the provider's model does then. */
export type Thinking = 'on' | 'off' | 'byModel'

/** Models that always think, or never do, have no switch. */
export function canSwitchThinking(model: Model | null): boolean {
  if (model === null || !model.abilities.includes('reasoning')) return false
  return isUsable(restrictionOf(model, 'enable_thinking'))
}

/** The chat templates of models that can think have them think unless that is switched off. */
export function thinkingOf(options: Options, model: Model | null): Thinking {
  const chosen = options.enable_thinking ?? null
  if (chosen !== null) return chosen ? 'on' : 'off'
  return model?.local ? 'on' : 'byModel'
}
