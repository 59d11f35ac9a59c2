/** Fetches a file of the server. */
import { apiAddress } from '../platform/address'
import { readJsonFile } from '../platform/savedFile'
import { serverHere } from '../platform/ownStorage'
import { callerHeader, hear } from './call'
import { HttpFailure } from './failure'
import { meet } from './meeting'
import { readToken } from './token'

/** Everything that was ever said, over a slow Wi-Fi. */
const TIMEOUT_MS = 900_000

/**
 * The address of the fetched file, as the target names it. `onBytes` hears how many came so far.
 * The token is sent in a header alone, since addresses are recorded in many places. Fails as
 * `call` does, and with status 0 where the server was not reached or the file ends too early.
 */
export async function download(path: string, onBytes: (bytes: number) => void): Promise<string> {
  await meet()
  const server = serverHere()
  const token = readToken()
  return new Promise<unknown>((resolve, reject) => {
    const task = uni.downloadFile({
      url: apiAddress() + path,
      header: callerHeader(token),
      timeout: TIMEOUT_MS,
      success: async ({ statusCode, tempFilePath }) => {
        const data = statusCode < 300 ? tempFilePath : await readJsonFile(tempFilePath)
        hear({ server, token, resolve, reject }, statusCode, data)
      },
      fail: () => reject(new HttpFailure(0, null)),
    })
    task?.onProgressUpdate?.(({ totalBytesWritten }) => onBytes(totalBytesWritten))
  }) as Promise<string>
}
