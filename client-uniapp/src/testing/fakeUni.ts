import { vi } from 'vitest'

interface FakeRequest {
  url: string
  method: string
  header: Record<string, string>
  data?: string
  success(reply: { statusCode: number; data: unknown }): void
  fail(): void
}

/** uni-app's globals as far as the stores and components under test use them. */
export function fakeUni() {
  const stored = new Map<string, unknown>()
  if (typeof sessionStorage !== 'undefined') sessionStorage.clear()
  const asked: { method: string; path: string; body: unknown }[] = []
  /** What it refuses, by method and path, with one of its codes. */
  const refusals = new Map<string, string>()
  /** What the server answers, by method and path; anything else is out of reach. */
  const replies = new Map<string, unknown>()
  /** What it answers without any code, as another program would. */
  const statuses = new Map<string, number>()
  const fake = {
    stored,
    asked,
    replies,
    refusals,
    statuses,
    request: ({ url, method: sent, header, data, success, fail }: FakeRequest) => {
      const method = header['X-HTTP-Method-Override'] ?? sent
      const path = url.replace(/^.*\/api\/v1/, '')
      // Asked before everything else; a server without a name is known by its address.
      const introduction = replies.get('POST /pair/server')
      if (path === '/pair/server') {
        const statusCode = introduction ? 200 : 404
        return void Promise.resolve().then(() => success({ statusCode, data: introduction }))
      }
      asked.push({ method, path, body: data && JSON.parse(data) })
      const reply = replies.get(`${method} ${path}`)
      const code = refusals.get(`${method} ${path}`)
      const refusal = { code, message: `refused: ${code}`, retryable: false }
      if (code) return void Promise.resolve().then(() => success({ statusCode: 403, data: refusal }))
      const statusCode = statuses.get(`${method} ${path}`)
      if (statusCode) return void Promise.resolve().then(() => success({ statusCode, data: '' }))
      void Promise.resolve().then(() =>
        reply === undefined ? fail() : success({ statusCode: 200, data: reply }),
      )
    },
    getStorageSync: (key: string) => stored.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) =>
      void stored.set(key, JSON.parse(JSON.stringify(value))),
    getStorageInfoSync: () => ({ keys: [...stored.keys()] }),
    removeStorageSync: (key: string) => void stored.delete(key),
    getLocale: () => 'zh-Hans',
    getSystemInfoSync: () => ({ theme: 'light' }),
    onThemeChange: () => undefined,
    setClipboardData: vi.fn(({ success }: { success: () => void }) => success()),
  }
  vi.stubGlobal('uni', fake)
  return fake
}
