/** Sends a file to the server, as a form that has it. */
import { apiAddress } from '../platform/address'
import { serverHere } from '../platform/ownStorage'
import { callerHeader, hear } from './call'
import { HttpFailure } from './failure'
import { meet } from './meeting'
import { readToken } from './token'

/** A large file over a slow Wi-Fi, and what the server makes of it. */
const TIMEOUT_MS = 900_000

/** `address` is the file's, as the target names it. Fails as `call` does. */
export async function upload<Reply>(path: string, address: string): Promise<Reply> {
  await meet()
  const server = serverHere()
  const token = readToken()
  return new Promise<unknown>((resolve, reject) => {
    uni.uploadFile({
      url: apiAddress() + path,
      filePath: address,
      name: 'file',
      header: callerHeader(token),
      timeout: TIMEOUT_MS,
      success: ({ statusCode, data }) =>
        hear({ server, token, resolve, reject }, statusCode, jsonOf(data)),
      fail: () => reject(new HttpFailure(0, null)),
    })
  }) as Promise<Reply>
}

/** A proxy may answer with a page of its own. */
function jsonOf(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
