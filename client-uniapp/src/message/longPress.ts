/**
 * When a finger that lies on a message means its menu. Pure: the caller owns the clock.
 *
 * A finger that wanders scrolls, two fingers enlarge, and both end the press. A finger lifted
 * after the menu has opened must not press what lies under it, so the two are distinguished.
 */

/** `down`: a finger lies still, the time runs; `held`: it lay long enough, the menu is open. */
export type Press =
  | { readonly name: 'none' }
  | { readonly name: 'down'; readonly x: number; readonly y: number }
  | { readonly name: 'held' }

export type PressEvent =
  | { readonly type: 'touch' | 'move'; readonly x: number; readonly y: number; readonly fingers: number }
  | { readonly type: 'lift' | 'cancel' | 'time' }

/** Longer than a tap, shorter than the browser's own long press. */
export const HOLD_MS = 450
/** A still finger wanders less than this; from here on the browser scrolls. */
const WANDER_PX = 10

export const noPress: Press = { name: 'none' }

export function press(before: Press, event: PressEvent): Press {
  switch (event.type) {
    case 'touch':
      return event.fingers === 1 ? { name: 'down', x: event.x, y: event.y } : noPress
    case 'move':
      return before.name === 'down' && isWandering(before, event) ? noPress : before
    case 'time':
      return before.name === 'down' ? { name: 'held' } : before
    default:
      return noPress
  }
}

function isWandering(
  from: { x: number; y: number },
  to: { x: number; y: number; fingers: number },
): boolean {
  return to.fingers > 1 || Math.hypot(to.x - from.x, to.y - from.y) > WANDER_PX
}
