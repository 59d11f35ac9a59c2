/**
 * What is kept of one server, apart from what is kept of any other: an app is used with several,
 * and a router gives the same address now to one computer and now to another. Each key ends with
 * the server's own name, or while that is unknown, with its address.
 */
import { serverOrigin } from './address'
import { readStored, readTab, removeStored, storedKeys, writeStored, writeTab } from './storage'

/** Which server was met last at an address. */
const MET = 'met.'
/** All that were ever met. */
const SERVERS = 'servers'

/** The name of the server that is talked to. */
export function serverHere(): string {
  const origin = serverOrigin() ?? ''
  return metAt(origin) ?? origin
}

/** The storage's key for something of the server here. */
export const own = (key: string): string => `${key}.${serverHere()}`

export const readOwn = (key: string): unknown => readStored(own(key))
export const writeOwn = (key: string, value: unknown): boolean => writeStored(own(key), value)
export const removeOwn = (key: string): void => removeStored(own(key))
export const readOwnTab = (key: string): unknown => readTab(own(key))
export const writeOwnTab = (key: string, value: string): void => writeTab(own(key), value)

export const isKnownServer = (server: string): boolean => servers().includes(server)

/** Names the server here: what was kept under its address belongs to it from now on. */
export function nameServer(server: string): void {
  const origin = serverOrigin() ?? ''
  if (metAt(origin) === null) takeOver(`.${origin}`, `.${server}`)
  writeStored(MET + origin, server)
  if (!isKnownServer(server)) writeStored(SERVERS, [...servers(), server])
}

/** Whether it is another server's, or says which of them was met where. */
export function isOfOthers(key: string): boolean {
  const others = servers().filter((name) => name !== serverHere())
  const tellsWhere = key === SERVERS || key.startsWith(MET)
  return tellsWhere || others.some((name) => key.endsWith(`.${name}`))
}

function servers(): string[] {
  const met = readStored(SERVERS)
  return Array.isArray(met) ? met.filter((name) => typeof name === 'string') : []
}

function metAt(origin: string): string | null {
  const met = readStored(MET + origin)
  return typeof met === 'string' && met !== '' ? met : null
}

/** What is there already stays. */
function takeOver(from: string, to: string): void {
  const keys = storedKeys()
  const moved = keys.filter((key) => key.endsWith(from) && !key.startsWith(MET))
  for (const key of moved) {
    const next = key.slice(0, -from.length) + to
    if (!keys.includes(next)) writeStored(next, readStored(key))
    removeStored(key)
  }
}
