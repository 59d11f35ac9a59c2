/**
 * The thin shell round `connection.ts`: it carries out the effects and reports what happened.
 *
 * While offline nothing is kept in a queue: what has to be sent after a reconnect is derived
 * from the conversation by `resume`, so it cannot be sent twice or be forgotten.
 */
import type { ClientFrame, ClientHello, ServerFrame } from '../protocol/frames'
import { wholeJson } from '../protocol/wholeText'
import type { ConnectionEvent, ConnectionState, Effect } from './connection'
import { idle, step } from './connection'
import type { OpenSocket, Socket } from './socket'
import { openSocket } from './socket'
import { Unanswered } from './unanswered'

export interface SessionPorts {
  address(): string
  greeting(): ClientHello
  resume(): ClientFrame[]
  onFrame(frame: ServerFrame): void
  onState(state: ConnectionState): void
  /** The server lets in paired devices alone, and by what was shown this one is none. */
  onUnpaired(shown: string | null): void
}

/** The same as a close code of the socket, should the frame before it be lost. */
const CLOSE_UNPAIRED = 4401

/** A long question may take a slow phone longer than a ping behind it is waited for. */
const SOON_SENT = 4_000

export class Session {
  private state = idle
  private socket: Socket | null = null
  private timer: ReturnType<typeof setTimeout> | undefined
  private shown: string | null = null
  private unanswered = new Unanswered()

  constructor(
    private readonly ports: SessionPorts,
    private readonly open: OpenSocket = openSocket,
  ) {}

  start(): void {
    this.happen({ type: 'start' })
  }

  stop(): void {
    this.happen({ type: 'stop' })
  }

  /** The page is visible again, or the network is back: find out whether the socket still lives. */
  wake(): void {
    this.happen({ type: 'wake' })
  }

  /** The phone is on another network: what was begun on the last one may never end. */
  move(): void {
    this.happen({ type: 'moved' })
  }

  /** The device is on no network: there is no need to wait until the silence shows it. */
  lose(): void {
    this.happen({ type: 'offline' })
  }

  /** Sends while online; otherwise the frame is left to `resume`. */
  send(frame: ClientFrame): void {
    if (this.state.name !== 'online') return
    const length = this.write(frame)
    if (length < SOON_SENT) this.happen({ type: 'sent' })
  }

  private happen(event: ConnectionEvent): void {
    const before = this.state
    const [state, effects] = step(before, event, Math.random())
    this.state = state
    if (state.name !== before.name) this.ports.onState(state)
    effects.forEach((effect) => this.carryOut(effect))
  }

  private carryOut(effect: Effect): void {
    switch (effect.type) {
      case 'open':
        return this.openSocket()
      case 'drop':
        return this.drop()
      case 'greet':
        return this.greet()
      case 'resume':
        return this.ports.resume().forEach((frame) => this.write(frame))
      case 'ping':
        return void this.write({ type: 'ping' })
      case 'timer':
        return this.setTimer(effect.ms)
      case 'noTimer':
        return clearTimeout(this.timer)
    }
  }

  /** A dropped socket may still report for a while; only the current one is listened to. */
  private openSocket(): void {
    let socket: Socket | null = null
    this.unanswered = new Unanswered()
    const ifCurrent = (act: () => void) => {
      if (socket === null || socket === this.socket) act()
    }
    socket = this.open(this.ports.address(), {
      opened: () => ifCurrent(() => this.happen({ type: 'opened' })),
      heard: (text) => ifCurrent(() => this.hear(text)),
      closed: (code) => ifCurrent(() => this.end(code)),
    })
    // One that could not even begin has been given up already; WeChat counts its sockets.
    if (this.state.name === 'connecting') this.socket = socket
    else socket.close()
  }

  private greet(): void {
    const greeting = this.ports.greeting()
    this.shown = greeting.token ?? null
    this.write(greeting)
  }

  private end(code?: number): void {
    if (code === CLOSE_UNPAIRED) return this.beSentAway()
    this.happen({ type: 'closed' })
  }

  private beSentAway(): void {
    this.happen({ type: 'refused' })
    this.ports.onUnpaired(this.shown)
  }

  private drop(): void {
    const dropped = this.socket
    this.socket = null
    dropped?.close()
  }

  private hear(text: string): void {
    const frame = parse(text)
    if (frame === null) return
    if (frame.type === 'error' && frame.code === 'unpaired') return this.beSentAway()
    if (frame.type === 'error' && frame.code === 'unsupported_protocol') {
      this.happen({ type: 'refused' })
    }
    this.ports.onFrame(this.unanswered.named(frame))
    this.happen({ type: frame.type === 'hello' ? 'greeted' : 'heard' })
  }

  private write(frame: ClientFrame): number {
    const text = wholeJson(frame)
    this.unanswered.sent(frame)
    this.socket?.send(text)
    return text.length
  }

  private setTimer(ms: number): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.happen({ type: 'timer' }), ms)
  }
}

/** A frame this client does not know is ignored later by type; what is no frame at all, here. */
function parse(text: string): ServerFrame | null {
  try {
    const frame: unknown = JSON.parse(text)
    return isFrame(frame) ? frame : null
  } catch {
    return null
  }
}

function isFrame(value: unknown): value is ServerFrame {
  return typeof value === 'object' && value !== null && 'type' in value
}
