/**
 * The connection's life as a table: (state, event) -> next state and effects. No I/O, no clock.
 *
 *   idle ── start ─▶ connecting ── opened ─▶ greeting ── greeted ─▶ online
 *     ▲                 ▲    │ closed, timer     │ closed, timer      │ closed, timer while probing
 *     └── stop, refused │    ▼                   ▼                    ▼
 *                       └─ waiting ◀──────────────────────────────────┘
 *
 * There is one timer; setting it replaces it. A socket may look open long after a phone has cut
 * it off, so silence is answered by a ping, and silence after the ping by a new socket. Whoever
 * asks something finds out sooner: `sent` pings at once. What a phone began on a network that it
 * has left may hang for long, so `moved` begins anew. `offline` gives the socket up at once; the
 * retries go on, since a device may be wrong about its network.
 */
import { backoff } from './backoff'

export type ConnectionState =
  | { name: 'idle' }
  | { name: 'connecting'; tries: number }
  | { name: 'greeting'; tries: number }
  | { name: 'online'; probing: boolean }
  | { name: 'waiting'; tries: number }

/**
 * `heard`: any frame but the server's `hello`, which is `greeted`. `wake`: the page is back.
 * `moved`: the device is on another network. `offline`: it is on none. `closed` tells no reason, since a frozen page's socket
 * ends with any: an end that nobody asked for is a lost connection.
 */
export type ConnectionEvent =
  | { type: 'start' }
  | { type: 'opened' }
  | { type: 'greeted' }
  | { type: 'heard' }
  | { type: 'sent' }
  | { type: 'closed' }
  | { type: 'timer' }
  | { type: 'wake' }
  | { type: 'moved' }
  | { type: 'offline' }
  | { type: 'refused' }
  | { type: 'stop' }

export type Effect =
  | { type: 'open' }
  | { type: 'drop' }
  | { type: 'greet' }
  | { type: 'resume' }
  | { type: 'ping' }
  | { type: 'timer'; ms: number }
  | { type: 'noTimer' }

export type Step = [ConnectionState, Effect[]]

export const OPEN_TIMEOUT_MS = 10_000
export const GREETING_TIMEOUT_MS = 8_000
export const SILENCE_MS = 15_000
export const PONG_TIMEOUT_MS = 5_000
export const WAKE_PONG_TIMEOUT_MS = 2_500

export const idle: ConnectionState = { name: 'idle' }

/** `random` in [0, 1) spreads the back-off; nothing else depends on chance. */
export function step(state: ConnectionState, event: ConnectionEvent, random = 0): Step {
  if (event.type === 'stop' || event.type === 'refused') return toIdle(state)
  if (event.type === 'offline') return whenOffline(state, random)
  switch (state.name) {
    case 'idle':
      return event.type === 'start' ? toConnecting(1) : stay(state)
    case 'connecting':
      return whileConnecting(state, event, random)
    case 'greeting':
      return whileGreeting(state, event, random)
    case 'online':
      return whileOnline(state, event, random)
    case 'waiting':
      return whileWaiting(state, event)
  }
}

type In<Name> = Extract<ConnectionState, { name: Name }>

function whileConnecting(state: In<'connecting'>, event: ConnectionEvent, random: number): Step {
  if (event.type === 'opened') {
    return [
      { name: 'greeting', tries: state.tries },
      [{ type: 'greet' }, timer(GREETING_TIMEOUT_MS)],
    ]
  }
  if (event.type === 'moved') return startOver()
  if (event.type === 'closed' || event.type === 'timer') return toWaiting(state.tries, random)
  return stay(state)
}

function whileGreeting(state: In<'greeting'>, event: ConnectionEvent, random: number): Step {
  if (event.type === 'greeted') {
    return [{ name: 'online', probing: false }, [{ type: 'resume' }, timer(SILENCE_MS)]]
  }
  if (event.type === 'moved') return startOver()
  if (event.type === 'closed' || event.type === 'timer') return toWaiting(state.tries, random)
  return stay(state)
}

function whileOnline(state: In<'online'>, event: ConnectionEvent, random: number): Step {
  switch (event.type) {
    case 'heard':
    case 'greeted':
      return [{ name: 'online', probing: false }, [timer(SILENCE_MS)]]
    case 'sent':
      return state.probing ? stay(state) : probe(PONG_TIMEOUT_MS)
    case 'wake':
    case 'moved':
      return probe(WAKE_PONG_TIMEOUT_MS)
    case 'timer':
      return state.probing ? startOver() : probe(PONG_TIMEOUT_MS)
    case 'closed':
      return toWaiting(1, random)
    default:
      return stay(state)
  }
}

function whileWaiting(state: In<'waiting'>, event: ConnectionEvent): Step {
  if (event.type === 'timer') return toConnecting(state.tries + 1)
  if (event.type === 'wake' || event.type === 'moved') return toConnecting(1)
  return stay(state)
}

/** What waits already keeps its timer. */
function whenOffline(state: ConnectionState, random: number): Step {
  if (state.name === 'idle' || state.name === 'waiting') return stay(state)
  return toWaiting(1, random)
}

function probe(ms: number): Step {
  return [{ name: 'online', probing: true }, [{ type: 'ping' }, timer(ms)]]
}

function startOver(): Step {
  return toConnecting(1, [{ type: 'drop' }])
}

function toConnecting(tries: number, before: Effect[] = []): Step {
  return [{ name: 'connecting', tries }, [...before, { type: 'open' }, timer(OPEN_TIMEOUT_MS)]]
}

function toWaiting(tries: number, random: number): Step {
  return [{ name: 'waiting', tries }, [{ type: 'drop' }, timer(backoff(tries, random))]]
}

function toIdle(state: ConnectionState): Step {
  return state.name === 'idle' ? stay(state) : [idle, [{ type: 'drop' }, { type: 'noTimer' }]]
}

function stay(state: ConnectionState): Step {
  return [state, []]
}

function timer(ms: number): Effect {
  return { type: 'timer', ms }
}
