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

/** In a header alone: addresses are recorded in many places. */
const bearer = (token: string | null): object =>
  token === null ? {} : { Authorization: `Bearer ${token}` }

/** Asks the server once it is sure which one that is; what another one answers is not heard. */
export async function call<Reply>(wanted: Method, path: string, body?: object): Promise<Reply> {
  await meet()
  const server = serverHere()
  const { method, header } = asSent(wanted)
  const token = readToken()
  const base = { 'Content-Type': 'application/json', 'Accept-Language': locale }
  return new Promise((resolve, reject) => {
    uni.request({
      url: apiAddress() + path,
      method,
      header: { ...base, ...bearer(token), ...header },
      data: body && wholeJson(body),
      timeout: TIMEOUT_MS,
      success: ({ statusCode, data }) => {
        if (server !== serverHere()) return reject(new HttpFailure(0, null))
        if (statusCode < 300) return resolve(data as Reply)
        const failure = failureOf(statusCode, data)
        if (failure.code === 'unpaired') tellUnpaired(token)
        reject(failure)
      },
      fail: () => reject(new HttpFailure(0, null)),
    })
  })
}
