/** WeChat's globals as far as the compiled pages use them; the socket is the test's to answer. */
import { vi } from 'vitest'

type Heard = (event: { data: string }) => void

export class FakeTask {
  readonly sent: Record<string, unknown>[] = []
  private opened: () => void = () => undefined
  private heard: Heard = () => undefined

  constructor(readonly url: string) {}

  onOpen = (listener: () => void) => void (this.opened = listener)
  onMessage = (listener: Heard) => void (this.heard = listener)
  onClose = () => undefined
  onError = () => undefined
  close = () => undefined
  send = ({ data }: { data: string }) => void this.sent.push(JSON.parse(data))

  open = () => this.opened()
  tell = (frame: object) => this.heard({ data: JSON.stringify(frame) })
}

export interface FakeApp {
  onLaunch(options: object): void
  onShow?(options: object): void
}

interface Asked {
  url: string
  success(reply: object): void
  fail(reason: object): void
}

/** By which the phone knows the server; to no other question does it answer over HTTP. */
const INTRODUCTION = { statusCode: 200, data: { server: 'home', proof: '' } }

const SYSTEM = {
  theme: 'light',
  language: 'zh_CN',
  SDKVersion: '3.0.0',
  windowHeight: 600,
  brand: 'iPhone',
  model: 'iPhone',
  system: 'iOS 17',
  platform: 'ios',
}

/** Stubs them; `app` is what the mini-program registers once it is loaded. */
export function fakeWx() {
  const stored = new Map<string, unknown>()
  const phone = { sockets: [] as FakeTask[], app: null as FakeApp | null, stored }
  const wx = {
    connectSocket: ({ url }: { url: string }) => {
      const task = new FakeTask(url)
      phone.sockets.push(task)
      return task
    },
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void stored.set(key, value),
    removeStorageSync: (key: string) => void stored.delete(key),
    getSystemInfoSync: () => SYSTEM,
    getAppBaseInfo: () => SYSTEM,
    getWindowInfo: () => SYSTEM,
    getDeviceInfo: () => SYSTEM,
    request: ({ url, success, fail }: Asked) => {
      const isMet = url.endsWith('/pair/server')
      setTimeout(() => (isMet ? success(INTRODUCTION) : fail({ errMsg: 'request:fail' })))
    },
  }
  // miniprogram-simulate adds its own to the first one it finds, and never again.
  vi.stubGlobal('wx', { ...(globalThis as { wx?: object }).wx, ...wx })
  vi.stubGlobal('App', (app: FakeApp) => (phone.app = app))
  vi.stubGlobal('Page', () => undefined)
  vi.stubGlobal('getApp', () => phone.app)
  vi.stubGlobal('getCurrentPages', () => [])
  return phone
}
