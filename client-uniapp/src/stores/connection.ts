import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ClientFrame, ServerFrame, ServerHello } from '../protocol/frames'
import type { ConnectionState } from '../session/connection'
import { idle } from '../session/connection'
import type { SessionPorts } from '../session/session'
import { openMetSocket, part } from '../session/meeting'
import { Session } from '../session/session'
import { keepServer, serverOrigin } from '../platform/address'

/** The one socket of this page, and what the server said of itself. */
export const useConnectionStore = defineStore(
  'connection',
  () => {
    const state = shallowRef<ConnectionState>(idle)
    const server = shallowRef<ServerHello | null>(null)
    /** Why the server will not talk to this page at all; trying again would not help. */
    const refusal = ref<string | null>(null)
    const isOnline = computed(() => state.value.name === 'online')
    /** There is a socket, open or on its way, and the server will say by it who this is. */
    const isBegun = computed(() => !['idle', 'waiting'].includes(state.value.name))
    /** When the server's last frame came, by this device's clock; 0 before the first. */
    const heardAt = ref(0)
    /** Milliseconds from a ping to its pong, null until one was measured. */
    const roundTrip = ref<number | null>(null)
    let pingedAt: number | null = null
    /** False where the device says that it is on no network at all; `setNetwork` changes it. */
    const hasNetwork = ref(true)
    /** The address of the server is not known yet; on H5 it always is. */
    const needsAddress = ref(serverOrigin() === null)
    let session: Session | null = null

    function connect(ports: Omit<SessionPorts, 'onState'>): void {
      session = new Session({ ...ports, onState: enter }, openMetSocket)
    }

    /** Once the socket is lost, the address may lead to anybody. */
    function enter(next: ConnectionState): void {
      state.value = next
      if (next.name === 'waiting') part()
    }

    /** What is sent from now on waits, and says so, until the device is on a network again. */
    function setNetwork(isThere: boolean): void {
      hasNetwork.value = isThere
      if (!isThere) session?.lose()
    }

    /** Goes on where it has begun already; without an address there is nothing to begin. */
    function start(): void {
      if (!needsAddress.value) session?.start()
    }

    /**
     * Begins anew, as another device of the server or as none. A socket that is not open yet has not
     * told who this is: it will greet as what this device is by then.
     */
    function restart(): void {
      if (state.value.name === 'connecting') return
      session?.stop()
      start()
    }

    /** The server is there from now on; `start` begins to talk to it. */
    function moveTo(origin: string): void {
      keepServer(origin)
      needsAddress.value = false
      server.value = null
      session?.stop()
      part()
    }

    /** Asks anew where the server is. */
    function leaveServer(): void {
      session?.stop()
      needsAddress.value = true
    }

    function receive(frame: ServerFrame): void {
      heardAt.value = Date.now()
      if (frame.type === 'hello') server.value = frame
      if (frame.type === 'pong') hearPong()
      if (frame.type === 'error' && frame.code === 'unsupported_protocol') {
        refusal.value = frame.message
      }
    }

    function measure(): void {
      if (!isOnline.value) return
      pingedAt = now()
      send({ type: 'ping' })
    }

    /** The heartbeat's pongs answer pings that were not timed. */
    function hearPong(): void {
      if (pingedAt !== null) roundTrip.value = Math.max(1, Math.round(now() - pingedAt))
      pingedAt = null
    }

    const send = (frame: ClientFrame): void => session?.send(frame)
    const wake = (): void => session?.wake()
    const move = (): void => session?.move()

    return {
      state,
      server,
      refusal,
      hasNetwork,
      setNetwork,
      needsAddress,
      isOnline,
      isBegun,
      heardAt,
      roundTrip,
      connect,
      start,
      restart,
      moveTo,
      leaveServer,
      receive,
      send,
      wake,
      move,
      measure,
    }
  },
  { retained: 'the socket is closed or begun anew by what removes the device' },
)

/** A clock that no correction of the date sets back; mini-programs have none of that kind. */
const now = (): number => (typeof performance === 'undefined' ? Date.now() : performance.now())
