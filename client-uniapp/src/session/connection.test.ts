import { describe, expect, it } from 'vitest'
import type { ConnectionEvent, ConnectionState, Step } from './connection'
import { step } from './connection'

const idle: ConnectionState = { name: 'idle' }
const connecting: ConnectionState = { name: 'connecting', tries: 3 }
const greeting: ConnectionState = { name: 'greeting', tries: 3 }
const online: ConnectionState = { name: 'online', probing: false }
const probing: ConnectionState = { name: 'online', probing: true }
const waiting: ConnectionState = { name: 'waiting', tries: 3 }

const drop = { type: 'drop' } as const
const open = { type: 'open' } as const
const ping = { type: 'ping' } as const
const timer = (ms: number) => ({ type: 'timer', ms }) as const
const toIdle: Step = [idle, [drop, { type: 'noTimer' }]]
const backOff: Step = [waiting, [drop, timer(2000)]]

const anew: Step = [{ name: 'connecting', tries: 1 }, [drop, open, timer(10_000)]]

type Row = [ConnectionState, ConnectionEvent['type'], Step]

const moves: Row[] = [
  [idle, 'start', [{ name: 'connecting', tries: 1 }, [open, timer(10_000)]]],
  [connecting, 'opened', [greeting, [{ type: 'greet' }, timer(8_000)]]],
  [connecting, 'moved', anew],
  [connecting, 'closed', backOff],
  [connecting, 'timer', backOff],
  [connecting, 'stop', toIdle],
  [connecting, 'refused', toIdle],
  [greeting, 'greeted', [online, [{ type: 'resume' }, timer(15_000)]]],
  [greeting, 'moved', anew],
  [greeting, 'closed', backOff],
  [greeting, 'timer', backOff],
  [greeting, 'stop', toIdle],
  [greeting, 'refused', toIdle],
  [online, 'heard', [online, [timer(15_000)]]],
  [online, 'greeted', [online, [timer(15_000)]]],
  [online, 'timer', [probing, [ping, timer(5_000)]]],
  [online, 'sent', [probing, [ping, timer(5_000)]]],
  [online, 'moved', [probing, [ping, timer(2_500)]]],
  [online, 'wake', [probing, [ping, timer(2_500)]]],
  [connecting, 'offline', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [greeting, 'offline', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [online, 'offline', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [probing, 'offline', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [online, 'closed', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [online, 'stop', toIdle],
  [online, 'refused', toIdle],
  [probing, 'heard', [online, [timer(15_000)]]],
  [probing, 'greeted', [online, [timer(15_000)]]],
  [probing, 'timer', anew],
  [probing, 'moved', [probing, [ping, timer(2_500)]]],
  [probing, 'wake', [probing, [ping, timer(2_500)]]],
  [probing, 'closed', [{ name: 'waiting', tries: 1 }, [drop, timer(500)]]],
  [probing, 'stop', toIdle],
  [probing, 'refused', toIdle],
  [waiting, 'timer', [{ name: 'connecting', tries: 4 }, [open, timer(10_000)]]],
  [waiting, 'moved', [{ name: 'connecting', tries: 1 }, [open, timer(10_000)]]],
  [waiting, 'wake', [{ name: 'connecting', tries: 1 }, [open, timer(10_000)]]],
  [waiting, 'stop', toIdle],
  [waiting, 'refused', toIdle],
]

/** One more name in the union without a row here does not compile. */
const states: Record<ConnectionState['name'], ConnectionState[]> = {
  idle: [idle],
  connecting: [connecting],
  greeting: [greeting],
  online: [online, probing],
  waiting: [waiting],
}
const events: Record<ConnectionEvent['type'], true> = {
  start: true,
  opened: true,
  greeted: true,
  heard: true,
  sent: true,
  closed: true,
  timer: true,
  wake: true,
  moved: true,
  offline: true,
  refused: true,
  stop: true,
}

/** What has no row in `moves` changes nothing; told one by one, so that nothing is forgotten. */
const rests: Record<string, ConnectionEvent['type'][]> = {
  [nameOf(idle)]: [
    'opened',
    'greeted',
    'heard',
    'sent',
    'closed',
    'timer',
    'wake',
    'moved',
    'offline',
    'refused',
    'stop',
  ],
  [nameOf(connecting)]: ['start', 'greeted', 'heard', 'sent', 'wake'],
  [nameOf(greeting)]: ['start', 'opened', 'heard', 'sent', 'wake'],
  [nameOf(online)]: ['start', 'opened'],
  [nameOf(probing)]: ['start', 'opened', 'sent'],
  [nameOf(waiting)]: ['start', 'opened', 'greeted', 'heard', 'sent', 'closed', 'offline'],
}

const allStates = Object.values(states).flat()
const allEvents = Object.keys(events) as ConnectionEvent['type'][]
const resting = allStates.flatMap((state) =>
  (rests[nameOf(state)] ?? []).map((event) => [state, event] as const),
)

function nameOf(state: ConnectionState): string {
  return JSON.stringify(state)
}

describe('connection', () => {
  it.each(moves)('%o on %s', (state, type, expected) => {
    expect(step(state, { type })).toEqual(expected)
  })

  it.each(resting)('%o rests on %s', (state, type) => {
    expect(step(state, { type })).toEqual([state, []])
  })

  it.each(allStates)('%o has exactly one row for every event', (state) => {
    const told = [
      ...moves.filter(([from]) => nameOf(from) === nameOf(state)).map(([, event]) => event),
      ...(rests[nameOf(state)] ?? []),
    ]
    expect(told.sort()).toEqual([...allEvents].sort())
  })

  it('spreads the tries after a lost connection', () => {
    expect(step(connecting, { type: 'closed' }, 0.5)).toEqual([waiting, [drop, timer(1500)]])
  })
})
