/** One WebSocket of uni-app as the few calls the session needs. */
export interface Socket {
  send(text: string): void
  close(): void
}

export interface SocketListener {
  opened(): void
  heard(text: string): void
  /** `code` says why, where the other end sent it. */
  closed(code?: number): void
}

export type OpenSocket = (url: string, listener: SocketListener) => Socket

/** With a callback no target answers with a Promise; an address nobody may open only `fail`s. */
export const openSocket: OpenSocket = (url, listener) => {
  const task = uni.connectSocket({ url, fail: () => listener.closed() })
  task.onOpen(() => listener.opened())
  task.onMessage(({ data }) => {
    if (typeof data === 'string') listener.heard(data)
  })
  task.onClose((end?: { code?: number }) => listener.closed(end?.code))
  task.onError(() => listener.closed())
  return {
    send: (text) => task.send({ data: text, fail: () => listener.closed() }),
    close: () => task.close({}),
  }
}
