import { drawn } from '../../platform/drawn'

/** A slow phone still draws ten frames a second then. */
const FRAME_MS = 16

let queue = Promise.resolve()
let began = 0

async function nextFrame(): Promise<void> {
  if (Date.now() - began < FRAME_MS) return
  await drawn()
  began = Date.now()
}

/**
 * Resolves when it is the caller's turn to change what is shown already: formulas and colours
 * that all waited for one library come a few in each frame.
 */
export function turn(): Promise<void> {
  queue = queue.then(nextFrame)
  return queue
}
