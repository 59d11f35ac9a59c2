import type { Paired, PairingProgress } from '../protocol/members'
import { HttpFailure } from './failure'
import { claimPairing } from './pairing'

const ASK_EVERY_MS = 2_000

/** What becomes of a pairing request. After `paired` and `unknown` it is asked for no more. */
export interface ClaimListener {
  progress(reply: PairingProgress): void
  paired(reply: Paired): void
  /** The server was not reached or cannot answer now; it is asked again. */
  failed(failure: HttpFailure): void
  /** The server does not know the request, or not any more. */
  unknown(): void
}

/** Asks how far one pairing request is, every two seconds, until it is over or stopped. */
export class ClaimPolling {
  private timer: ReturnType<typeof setTimeout> | undefined
  /** Counts the questions: only the latest one's answer is heard. */
  private asked = 0

  constructor(
    private readonly request: string,
    private readonly listener: ClaimListener,
  ) {}

  /** With `confirm` it claims this device's token, once somebody here agreed. */
  async ask(confirm = false): Promise<void> {
    clearTimeout(this.timer)
    const mine = ++this.asked
    try {
      const reply = await claimPairing(this.request, confirm)
      if (mine === this.asked) this.hear(reply)
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      if (mine === this.asked) this.fail(failure)
    }
  }

  askLater(): void {
    this.timer = setTimeout(() => void this.ask(), ASK_EVERY_MS)
  }

  stop(): void {
    clearTimeout(this.timer)
    this.asked += 1
  }

  private hear(reply: Paired | PairingProgress): void {
    if ('token' in reply) return this.listener.paired(reply)
    this.askLater()
    this.listener.progress(reply)
  }

  private fail(failure: HttpFailure): void {
    if (failure.code === 'unknown_request') return this.listener.unknown()
    this.askLater()
    this.listener.failed(failure)
  }
}
