import { nextTick, shallowRef, type ShallowRef } from 'vue'
import { DrawnParts, type Side } from './drawnParts'
import { tailRange, type Range } from './drawnRange'

export interface Messages {
  length(): number
  /** Names a message, as long as it is in the conversation. */
  name(index: number): string | undefined
}

/** Which messages are drawn, the outer ones perhaps in part. It begins with the newest. */
export class DrawnState {
  readonly range: ShallowRef<Range>
  readonly parts = new DrawnParts()
  /** What has just been opened does not fill the view yet. */
  readonly isFilling = shallowRef(false)
  private first: string | undefined

  constructor(private readonly messages: Messages) {
    this.range = shallowRef(tailRange(messages.length()))
  }

  isAtEnd(): boolean {
    return this.range.value.to >= this.messages.length() && !this.parts.isOpen('below')
  }

  has(index: number): boolean {
    return index >= this.range.value.from && index < this.range.value.to
  }

  show(next: Range): void {
    this.range.value = next
    this.first = this.messages.name(next.from)
  }

  /** Ends once they are in the page; the texts among them may begin in part. */
  async add(next: Range, side: Side): Promise<void> {
    this.parts.adding = side
    this.show(next)
    await nextTick()
    this.parts.adding = null
  }

  /** Where the first drawn message is by now; -1 where it is not in the conversation any more. */
  firstIndex(): number {
    for (let at = this.messages.length() - 1; at >= 0; at -= 1) {
      if (this.messages.name(at) === this.first) return at
    }
    return -1
  }

  /** The messages that are drawn whole. */
  whole(): Range {
    const { from, to } = this.range.value
    const { parts } = this
    return { from: parts.isOpen('above') ? from + 1 : from, to: parts.isOpen('below') ? to - 1 : to }
  }
}
