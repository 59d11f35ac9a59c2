import { nextTick } from 'vue'
import { drawn } from '../platform/drawn'
import type { Side } from './drawnParts'
import { isFull, isShort, nextRange, type Range, type Sight } from './drawnRange'
import type { DrawnState } from './drawnState'

export interface View {
  /** How many messages there are. */
  length(): number
  /** Null while nothing is drawn. */
  sight(): Promise<Sight | null>
  /**
   * Makes a change above what is being read, and keeps that in its place: by the end of the last
   * row where that row itself grows upwards, else by its beginning.
   */
  keepPlace(change: () => Promise<void>, isInside: boolean): Promise<void>
}

/** So long a step may draw before it is laid out; a phone four times slower then takes 50 ms. */
const STEP_MS = 16
const SIDES: readonly Side[] = ['above', 'below']

/** Draws what comes near and lets go what is far away, a little in each frame. */
export class DrawnSteps {
  private isSettling = false
  private isLeft = false

  constructor(
    private readonly state: DrawnState,
    private readonly view: View,
  ) {}

  /** Ends once nothing is left to draw or to let go. One call at a time does the work. */
  async settle(): Promise<void> {
    if (this.isSettling) return
    this.isSettling = true
    await drawn()
    while (await this.step());
    this.state.isFilling.value = false
    this.isSettling = false
  }

  /** Nothing is drawn any more: the component is gone. */
  leave(): void {
    this.isLeft = true
  }

  private async step(): Promise<boolean> {
    const seen = this.isLeft ? null : await this.view.sight()
    if (!seen || this.isLeft) return false
    const { isFilling } = this.state
    if (isFilling.value && isFull(this.state.whole(), this.view.length(), seen)) {
      isFilling.value = false
    }
    if (!(await this.approach(seen))) return false
    if (!this.isLeft) await drawn()
    return true
  }

  /** One change towards what should be drawn; false where nothing is left to do. */
  private async approach(seen: Sight): Promise<boolean> {
    const { parts, range } = this.state
    const { from, to } = range.value
    const side = SIDES.find((one) => parts.isOpen(one) && isShort(one, seen))
    const next = nextRange(range.value, this.view.length(), seen)
    if (!side && next === range.value) return false
    if (side) await this.change(side, () => this.grow(side, Date.now()), to - from === 1)
    else await this.moveTo(next)
    return true
  }

  private moveTo(next: Range): Promise<void> {
    const { from, to } = this.state.range.value
    if (next.from < from) return this.addTo('above', next)
    if (next.to > to) return this.addTo('below', next)
    return this.change(next.from > from ? 'above' : 'below', async () => this.state.show(next))
  }

  private async addTo(side: Side, next: Range): Promise<void> {
    const began = Date.now()
    await this.change(side, async () => {
      await this.state.add(next, side)
      await this.grow(side, began)
    })
  }

  private async change(side: Side, act: () => Promise<void>, isInside = false): Promise<void> {
    if (side === 'above') return this.view.keepPlace(act, isInside)
    await act()
  }

  /** Some blocks more on this side, at least one. */
  private async grow(side: Side, began: number): Promise<void> {
    const { parts } = this.state
    do {
      parts.more(side)
      await nextTick()
    } while (parts.isOpen(side) && Date.now() - began < STEP_MS)
  }
}
