import type { InjectionKey } from 'vue'

/** Where more is to be drawn: in front of what is drawn already, or behind it. */
export type Side = 'above' | 'below'

/** A text of which only some blocks are drawn. */
export interface Part {
  readonly side: Side
  readonly isWhole: () => boolean
  /** Draws one block more. */
  more(): void
  /** Draws all there are. */
  finish(): void
}

/**
 * The texts at the edges of what is drawn. A long answer is too much for one frame of a slow
 * phone: one that comes in sight at the upper edge is drawn from its end, at the lower edge from
 * its beginning, as many blocks at a time as a frame can bear.
 */
export class DrawnParts {
  /** On which side messages are being added just now; what comes otherwise is drawn whole. */
  adding: Side | null = null
  private open: Part[] = []

  begin(part: Part): void {
    this.open.push(part)
  }

  forget(part: Part): void {
    this.open = this.open.filter((one) => one !== part)
  }

  isOpen(side: Side): boolean {
    return this.open.some((part) => part.side === side)
  }

  /** One block more on this side, the nearest to what is drawn: thoughts stand above an answer. */
  more(side: Side): void {
    const parts = this.open.filter((part) => part.side === side)
    const part = side === 'above' ? parts[parts.length - 1] : parts[0]
    part?.more()
    if (part?.isWhole()) this.forget(part)
  }

  /** Nothing may be missing between two messages. */
  finish(): void {
    for (const part of this.open.splice(0)) part.finish()
  }
}

export const DRAWN_PARTS: InjectionKey<DrawnParts> = Symbol('drawn-parts')
