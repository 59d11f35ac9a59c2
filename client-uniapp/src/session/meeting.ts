/**
 * Which server is at the address, asked before anything is sent to it: an address may lead to
 * another computer today than yesterday, and the same computer may have another address. By its
 * proof it is the one that gave this device its token; the token itself is no part of the question.
 */
import { apiAddress, serverOrigin } from '../platform/address'
import { isKnownServer, nameServer, serverHere } from '../platform/ownStorage'
import { randomId } from '../platform/randomId'
import { failureOf, HttpFailure } from './failure'
import { hmac, sha256 } from './hmac'
import type { OpenSocket, Socket } from './socket'
import { openSocket } from './socket'
import { disprove, prove, storedDevice, storedToken } from './token'

/**
 * A browser asks through the connections it has, and after a time away those may be dead without
 * its knowing; each that is given up makes room for a new one. Together less than a socket may take.
 */
const TRIES_MS = [1_000, 1_500, 2_500, 4_500]

interface Introduction {
  server: string
  proof: string
}

interface MeetingPorts {
  /** Another server is here than was thought: put away what is of the last one, then `change`. */
  onOther(change: () => void): void
  /** The server of always knows this device no more. */
  onGone(): void
}

let ports: MeetingPorts = { onOther: (change) => change(), onGone: () => undefined }
let meeting: Promise<void> | null = null

export const onMeeting = (wanted: MeetingPorts): void => void (ports = wanted)

/** Ends once it is known who is here. Throws `HttpFailure` where nobody is reached. */
export function meet(): Promise<void> {
  const mine = (meeting ??= introduce())
  mine.catch(() => {
    if (meeting === mine) meeting = null
  })
  return mine
}

/** From now on anybody may be at the address. */
export function part(): void {
  meeting = null
  disprove()
}

/** A socket of a server that was met just before. */
export const openMetSocket: OpenSocket = (url, listener) => {
  let socket: Socket | null = null
  let isClosed = false
  part()
  meet().then(
    () => {
      if (!isClosed) socket = openSocket(url, listener)
    },
    () => listener.closed(),
  )
  return {
    send: (text) => socket?.send(text),
    close: () => {
      isClosed = true
      socket?.close()
    },
  }
}

async function introduce(): Promise<void> {
  const origin = serverOrigin()
  const before = serverHere()
  const device = storedDevice()
  const question = randomId()
  const introduction = await askAgain(question)
  if (serverOrigin() !== origin) throw new HttpFailure(0, null)
  // Paired meanwhile: the answer is about no device, and must not take the new one's token away.
  if (storedDevice() !== device) return introduce()
  if (introduction === null) return trustTheAddress(before)
  if (introduction.server === before) return judge(introduction, question)
  const isNew = before === origin && !isKnownServer(introduction.server)
  const change = () => nameServer(introduction.server)
  if (isNew) change()
  else ports.onOther(change)
  // Paired before servers had names, and at this very address: the next greeting tells the device.
  if (isNew && storedDevice() === null) return prove()
  return introduce()
}

/** An older server has no name; it is what was always at this address, unless one with a name was. */
function trustTheAddress(server: string): void {
  if (server === serverOrigin()) prove()
}

function judge({ server, proof }: Introduction, question: string): void {
  const token = storedToken()
  if (token === null) return
  if (proof === hmac(sha256(token), `${server}.${question}`)) prove()
  else if (proof === '') ports.onGone()
}

async function askAgain(question: string, [ms = 0, ...later] = TRIES_MS): Promise<Introduction | null> {
  try {
    return await ask(question, ms)
  } catch (failure) {
    if (!(failure instanceof Slow)) throw failure
    if (later.length === 0) throw new HttpFailure(0, null)
    return askAgain(question, later)
  }
}

/** Nothing came in time, which is not the same as that nobody is there. */
class Slow extends Error {}

/** Null for a server that does not understand the question. */
function ask(question: string, timeout: number): Promise<Introduction | null> {
  const began = Date.now()
  return new Promise((resolve, reject) => {
    uni.request({
      url: `${apiAddress()}/pair/server`,
      method: 'POST',
      header: { 'Content-Type': 'application/json' },
      data: JSON.stringify({ device: storedDevice() ?? '', question }),
      timeout,
      success: ({ statusCode, data }) => {
        if (statusCode === 404 || statusCode === 405) return resolve(null)
        if (statusCode < 300 && isIntroduction(data)) return resolve(data)
        reject(failureOf(statusCode, data))
      },
      fail: () => reject(Date.now() - began < timeout ? new HttpFailure(0, null) : new Slow()),
    })
  })
}

const isIntroduction = (introduction: unknown): introduction is Introduction =>
  typeof introduction === 'object' && introduction !== null && 'server' in introduction && 'proof' in introduction
