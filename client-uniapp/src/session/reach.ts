/**
 * Whether a MyLLM answers at an address, before it is kept. A server of https shows over plain http
 * only how to trust it; the QR code leads there, since that is where a browser has to begin.
 */
export type Unreached = 'unreachable' | 'stranger' | 'untrusted'

/** `origin` is where the server itself is. */
export type Reached = { origin: string } | { trouble: Unreached }

const TIMEOUT_MS = 8_000

export async function reach(origin: string): Promise<Reached> {
  const reply = await ask(origin)
  if (reply === null) return { trouble: 'unreachable' }
  if (!('status' in reply)) return { trouble: 'stranger' }
  const secure = 'secure' in reply ? secureOrigin(origin, reply.secure) : null
  if (secure === null) return { origin }
  return (await ask(secure)) === null ? { trouble: 'untrusted' } : { origin: secure }
}

/** What it tells of itself, null where nothing answers or the connection is not trusted. */
function ask(origin: string): Promise<object | null> {
  return new Promise((resolve) => {
    uni.request({
      url: `${origin}/healthz`,
      timeout: TIMEOUT_MS,
      success: ({ data }) => resolve(typeof data === 'object' && data !== null ? data : {}),
      fail: () => resolve(null),
    })
  })
}

/** The same computer by https, where it named a port for it. */
function secureOrigin(origin: string, port: unknown): string | null {
  const isPort = typeof port === 'number' && Number.isInteger(port)
  return isPort ? `${origin.replace(/^http:/, 'https:').replace(/:\d+$/, '')}:${port}` : null
}
