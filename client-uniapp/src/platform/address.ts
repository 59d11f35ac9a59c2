/**
 * Where the server is: on H5 the page's own origin, elsewhere what somebody typed or scanned, or
 * what `VITE_SERVER` was at the build, such as `http://127.0.0.1:8000`.
 */
import { readStored, writeStored } from './storage'

const KEY = 'server'

/** `http://host:port`; null while it is unknown. */
export function serverOrigin(): string | null {
  // #ifdef H5
  return configured() ?? location.origin
  // #endif
  // #ifndef H5
  return stored() ?? configured()
  // #endif
}

/** An app may be used with another server; a page is where its server is. */
export function choosesServer(): boolean {
  // #ifdef H5
  return false
  // #endif
  // #ifndef H5
  return true
  // #endif
}

/** Where a browser on the server's own computer finds it; null where that cannot be known. */
export function addressOnServer(): string | null {
  // #ifdef H5
  return location.protocol === 'http:' ? `http://localhost:${location.port || 80}/` : null
  // #endif
  // #ifndef H5
  return null
  // #endif
}

export function keepServer(origin: string): void {
  writeStored(KEY, origin)
}

export function socketAddress(): string {
  return `${(serverOrigin() ?? '').replace(/^http/, 'ws')}/ws/chat/`
}

/** Where the REST API is. */
export function apiAddress(): string {
  return `${serverOrigin() ?? ''}${pageFolder()}api/v1`
}

/** The path that the chat has on its server, with `/` at the end: another project's site may have
 * the page, and the API with it, below a path of its own.
 */
export function pageFolder(): string {
  // #ifdef H5
  return configured() === null ? location.pathname.replace(/[^/]*$/, '') : '/'
  // #endif
  // #ifndef H5
  return '/'
  // #endif
}

function stored(): string | null {
  const kept = readStored(KEY)
  return typeof kept === 'string' && kept !== '' ? kept : null
}

function configured(): string | null {
  return import.meta.env.VITE_SERVER?.replace(/^ws/, 'http') ?? null
}
