import type { ConnectionState } from '../../session/connection'

/** What the connection does now, as a sentence of the locale. */
const WORDS: Record<ConnectionState['name'], string> = {
  idle: 'network.states.idle',
  connecting: 'network.states.connecting',
  greeting: 'network.states.connecting',
  online: 'network.states.online',
  waiting: 'network.states.waiting',
}

export const connectionWord = ({ name }: ConnectionState): string => WORDS[name]
