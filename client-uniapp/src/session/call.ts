/** How every call of the server's REST API goes out and what becomes of it. */
import { apiAddress } from '../platform/address'
import { serverHere } from '../platform/ownStorage'
import { wholeJson } from '../protocol/wholeText'
import { failureOf, HttpFailure } from './failure'
import { meet } from './meeting'
import { readToken } from './token'

const TIMEOUT_MS = 15_000

let locale = 'zh-CN'
let tellUnpaired: (shown: string | null) => void = () => undefined

/** The server writes its failures in this language. */
export function speak(language: string): void {
  locale = language
}

/** Told when the server lets this device in no more, or not yet, by the token that was shown. */
export function onUnpaired(listener: (shown: string | null) => void): void {
  tellUnpaired = listener
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** WeChat sends no PATCH; the server takes a POST that says it is one. */
const asSent = (method: Method) =>
  method === 'PATCH'
    ? { method: 'POST' as const, header: { 'X-HTTP-Method-Override': method } }
    : { method, header: {} }

/** Who calls, in a header alone, since addresses are recorded in many places; and the language. */
export const callerHeader = (token: string | null): Record<string, string> => ({
  'Accept-Language': locale,
  ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
})

/** What a call waits for, and what it showed to which server. */
export interface Asking {
  server: string
  token: string | null
  resolve(reply: unknown): void
  reject(failure: HttpFailure): void
}

/** What another server answers at this address is not heard. */
export function hear(asking: Asking, status: number, data: unknown): void {
  if (asking.server !== serverHere()) return asking.reject(new HttpFailure(0, null))
  if (status < 300) return asking.resolve(data)
  const failure = failureOf(status, data)
  if (failure.code === 'unpaired') tellUnpaired(asking.token)
  asking.reject(failure)
}

/** Asks the server once it is sure which one that is; `patience` in milliseconds. */
export async function call<Reply>(
  wanted: Method,
  path: string,
  body?: object,
  patience = TIMEOUT_MS,
): Promise<Reply> {
  await meet()
  const server = serverHere()
  const { method, header } = asSent(wanted)
  const token = readToken()
  return new Promise<unknown>((resolve, reject) => {
    uni.request({
      url: apiAddress() + path,
      method,
      header: { 'Content-Type': 'application/json', ...callerHeader(token), ...header },
      data: body && wholeJson(body),
      timeout: patience,
      success: ({ statusCode, data }) => hear({ server, token, resolve, reject }, statusCode, data),
      fail: () => reject(new HttpFailure(0, null)),
    })
  }) as Promise<Reply>
}
