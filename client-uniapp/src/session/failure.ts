/**
 * Why a call came to nothing. `sentence` is for people, null where the server was not reached;
 * `code` is one of docs/errors.md.
 */
export class HttpFailure extends Error {
  constructor(
    readonly status: number,
    readonly sentence: string | null,
    readonly code: string | null = null,
  ) {
    super(sentence ?? 'no connection')
  }

  /** The server is older than what was asked: it does not know the address, or the method there. */
  get isUnknownThere(): boolean {
    return this.code === null && [404, 405].includes(this.status)
  }
}

export function failureOf(status: number, data: unknown): HttpFailure {
  const body = typeof data === 'object' && data !== null ? data : {}
  const sentence = 'message' in body && typeof body.message === 'string' ? body.message : null
  const code = 'code' in body && typeof body.code === 'string' ? body.code : null
  return new HttpFailure(status, sentence, code)
}
