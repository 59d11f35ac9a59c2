import type { ServerFrame } from '../protocol/frames'

const SHORTEST_MS = 50
const LONGEST_MS = 500

/** A slow phone gets fewer, larger steps: showing text may take about a quarter of its time. */
export function flushInterval(lastCostMs: number): number {
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, 3 * lastCostMs))
}

/**
 * Gathers deltas so that the screen changes only as often as this device can bear.
 *
 * The first text is shown at once, and any other frame flushes what came before it, so order
 * is kept. `show` resolves when the screen has changed; the time until then is the cost.
 */
export class FrameBatch {
  private pending: ServerFrame[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private nextAt = 0

  constructor(
    private readonly show: (frames: ServerFrame[]) => Promise<void>,
    private readonly now: () => number = Date.now,
  ) {}

  push(frame: ServerFrame): void {
    this.pending.push(frame)
    if (frame.type !== 'stream' || this.now() >= this.nextAt) return void this.flush()
    this.timer ??= setTimeout(() => void this.flush(), this.nextAt - this.now())
  }

  async flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    if (this.pending.length === 0) return
    const frames = this.pending
    this.pending = []
    const began = this.now()
    this.nextAt = began + SHORTEST_MS
    await this.show(frames)
    const ended = this.now()
    this.nextAt = ended + flushInterval(ended - began)
  }
}
