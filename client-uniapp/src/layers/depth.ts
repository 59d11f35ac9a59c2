/**
 * How many layers lie over the chat, against how many entries the browser's history has for them.
 *
 * A layer is a drawer, a sheet or a screen. Going back must close the uppermost one, so each has
 * an entry of its own; one that is closed by its button takes its entry with it. Moving in the
 * history takes a while, and what is wanted meanwhile is done afterwards. No I/O.
 */
export interface Depth {
  wanted: number
  actual: number
  isMoving: boolean
}

/** `want`: layers were opened or closed. `at`: the browser has moved to the entry of a depth. */
export type DepthEvent = { type: 'want'; depth: number } | { type: 'at'; depth: number }

/** `close` as many layers, the uppermost first. */
export type DepthEffect =
  | { type: 'push'; depth: number }
  | { type: 'go'; delta: number }
  | { type: 'close'; count: number }

export type DepthStep = [Depth, DepthEffect[]]

/** After a reload the history may stand deeper than anything that is open. */
export const startAt = (actual: number): Depth => ({ wanted: 0, actual, isMoving: false })

export function step(depth: Depth, event: DepthEvent): DepthStep {
  if (event.type === 'want') return settle({ ...depth, wanted: event.depth })
  const moved = { ...depth, actual: event.depth, isMoving: false }
  if (depth.isMoving || event.depth >= depth.wanted) return settle(moved)
  const count = depth.wanted - event.depth
  return [{ ...moved, wanted: event.depth }, [{ type: 'close', count }]]
}

/** A step forward of the browser's is taken back: what was closed is not there any more. */
function settle(depth: Depth): DepthStep {
  const { wanted, actual, isMoving } = depth
  if (isMoving || wanted === actual) return [depth, []]
  if (wanted < actual) {
    return [{ ...depth, isMoving: true }, [{ type: 'go', delta: wanted - actual }]]
  }
  const missing = Array.from({ length: wanted - actual }, (_, index) => actual + 1 + index)
  return [{ ...depth, actual: wanted }, missing.map((at) => ({ type: 'push', depth: at }))]
}
