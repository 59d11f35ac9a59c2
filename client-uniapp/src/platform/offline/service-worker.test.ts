import { readFileSync } from 'node:fs'
import { expect, it, vi } from 'vitest'
import { offlineFiles } from '../build/offline_files'

const source = offlineFiles().get('service-worker.js') ?? ''
const cacheName = /'(myllm-offline-[0-9a-f]{12})'/.exec(source)?.[1] ?? ''

type Handler = (event: object) => void

/** A browser's worker with what the server answers, by path. */
async function installed(server: Map<string, Response>) {
  const handlers = new Map<string, Handler>()
  const stored = new Map<string, Map<string, Response>>([['myllm-offline-old', new Map()], ['other', new Map()]])
  const fetched: string[] = []
  const pathOf = (asked: string | { url: string }) =>
    new URL(typeof asked === 'string' ? asked : asked.url, 'https://home').pathname
  const fetch = async (asked: string | { url: string }) => {
    fetched.push(pathOf(asked))
    const answer = server.get(pathOf(asked))
    if (!answer) throw new TypeError('unreachable')
    return answer.clone()
  }
  const open = async (name: string) => {
    const files = stored.get(name) ?? new Map<string, Response>()
    stored.set(name, files)
    const addAll = async (all: { url: string }[]) => {
      for (const one of all) files.set(pathOf(one), await fetch(one))
    }
    return { addAll, match: async (path: string) => files.get(path)?.clone() }
  }
  const caches = { open, keys: async () => [...stored.keys()], delete: async (name: string) => stored.delete(name) }
  const unregister = vi.fn(async () => true)
  const self = {
    addEventListener: (name: string, handler: Handler) => void handlers.set(name, handler),
    location: new URL('https://home/service-worker.js'),
    registration: { unregister },
    clients: { claim: async () => undefined },
    skipWaiting: async () => undefined,
  }
  class Request {
    url: string
    constructor(path: string) {
      this.url = new URL(path, 'https://home').href
    }
  }
  new Function('self', 'caches', 'fetch', 'Request', source)(self, caches, fetch, Request)

  async function happen(name: string, properties: object = {}): Promise<Response | undefined> {
    const waited: Promise<unknown>[] = []
    let answer: Promise<Response> | undefined
    handlers.get(name)?.({
      ...properties,
      waitUntil: (one: Promise<unknown>) => void waited.push(one),
      respondWith: (one: Promise<Response>) => void (answer = one),
    })
    const response = await answer
    await Promise.all(waited)
    return response
  }
  const visit = (path: string, mode = 'navigate') =>
    happen('fetch', { request: { url: `https://home${path}`, mode } })
  await happen('install')
  await happen('activate')
  return { visit, stored, unregister, fetched }
}

function shipped(): Map<string, Response> {
  const type = { 'content-type': 'text/javascript' }
  return new Map([
    ['/', new Response('the chat')],
    ['/offline.html', new Response('offline')],
    ['/offline.js', new Response('poll')],
    ['/service-worker.js', new Response(null, { headers: type })],
  ])
}

it('shows its own page where the server does not answer, and the server’s where it does', async () => {
  const server = shipped()
  const { visit } = await installed(server)
  expect(await (await visit('/'))?.text()).toBe('the chat')
  server.clear()
  expect(await (await visit('/'))?.text()).toBe('offline')
  expect(await (await visit('/offline.js', 'no-cors'))?.text()).toBe('poll')
})

it('takes a proxy’s word that the server does not answer', async () => {
  const server = shipped()
  const { visit } = await installed(server)
  server.set('/', new Response('bad gateway', { status: 502 }))
  expect(await (await visit('/'))?.text()).toBe('offline')
})

it('has nothing to do with the API, the admin pages, or anything a page fetches', async () => {
  const { visit, stored } = await installed(shipped())
  expect(await visit('/api/v1/conversations', 'cors')).toBeUndefined()
  expect(await visit('/admin/')).toBeUndefined()
  expect(await visit('/assets/index.js', 'no-cors')).toBeUndefined()
  expect([...(stored.get(cacheName)?.keys() ?? [])]).toEqual(['/offline.html', '/offline.js'])
})

it('keeps one version, and leaves what is not its own', async () => {
  const { stored } = await installed(shipped())
  expect([...stored.keys()].sort()).toEqual([cacheName, 'other'].sort())
})

it.each([
  ['is shipped no more', new Response(null, { status: 404 })],
  ['is a page of another program', new Response(null, { headers: { 'content-type': 'text/html' } })],
])('leaves, with what it kept, once it %s', async (_why, own) => {
  const server = shipped()
  const { visit, stored, unregister } = await installed(server)
  server.set('/service-worker.js', own)
  await visit('/')
  expect(unregister).toHaveBeenCalledOnce()
  expect([...stored.keys()]).toEqual(['other'])
})

it('stays where the server fails for a moment', async () => {
  const server = shipped()
  const { visit, unregister } = await installed(server)
  server.set('/service-worker.js', new Response(null, { status: 503 }))
  await visit('/')
  expect(unregister).not.toHaveBeenCalled()
})

it('has the page’s colours in both themes', () => {
  const page = offlineFiles().get('offline.html') ?? ''
  const theme = readFileSync(new URL('../../theme.css', import.meta.url), 'utf8')
  const [light = '', dark = ''] = [...theme.matchAll(/--ground: (#[0-9a-f]{6});/g)].map(([, hex]) => hex)
  expect(page).toContain(`background: ${light}`)
  expect(page).toContain(`background: ${dark}`)
})
