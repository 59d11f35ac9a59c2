import { onMounted, watch } from 'vue'
import type { DepthEffect, DepthEvent } from '../layers/depth'
import { startAt, step } from '../layers/depth'
import { goInHistory, markAtStart, markEntry, onEscape, onMoved, pushEntry } from '../platform/back'
import { onBackButton } from '../platform/backButton'
import { useLayersStore } from '../stores/layers'
import { useScreensStore } from '../stores/screens'

/** Lets the way back, whatever a platform has for it, close the layers of this page. */
export function useBack(): void {
  const layers = useLayersStore()
  const screens = useScreensStore()
  const start = markAtStart()
  let depth = startAt(start.depth)

  function happen(event: DepthEvent): void {
    const [next, effects] = step(depth, event)
    depth = next
    effects.forEach(carryOut)
    if (!depth.isMoving) markEntry({ depth: depth.actual, note: screens.note })
  }

  function carryOut(effect: DepthEffect): void {
    if (effect.type === 'push') pushEntry({ depth: effect.depth, note: screens.note })
    else if (effect.type === 'go') goInHistory(effect.delta)
    else layers.closeTop(effect.count)
  }

  const follow = () => happen({ type: 'want', depth: layers.count })

  screens.restore(start.note)
  onMounted(follow)
  watch(() => [layers.count, screens.note], follow, { flush: 'post' })
  onMoved((to) => happen({ type: 'at', depth: to }))
  onEscape(() => void layers.closeTop())
  onBackButton(() => layers.closeTop())
}
