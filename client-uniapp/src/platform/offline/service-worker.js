/**
 * Shows a page of its own where the server does not answer a reload. It keeps that page alone:
 * no answer of the API, nothing anybody wrote. Registered by src/platform/offlinePage.ts, built by
 * src/platform/build/offline_files.ts, which fills in the version.
 */
const CACHE = 'myllm-offline-__VERSION__'
const PREFIX = 'myllm-offline-'
/** The folder that this file lies in, and the page with it. */
const FOLDER = new URL('./', self.location.href).pathname
const PAGE = `${FOLDER}offline.html`
const SCRIPT = `${FOLDER}offline.js`
const FILES = [PAGE, SCRIPT]
/** A computer that was switched off refuses nothing: browsers wait for it for minutes. */
const PATIENCE_MS = 10_000
/** A proxy answers so in place of a server that does not. */
const UNREACHED = [502, 504]
const GONE = [404, 410]

self.addEventListener('install', (event) => {
  event.waitUntil(keepFiles().then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOlder().then(() => self.clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (origin !== self.location.origin) return
  if (event.request.mode === 'navigate' && pathname === FOLDER) {
    event.respondWith(fromNetwork(event))
  } else if (pathname === SCRIPT) {
    event.respondWith(kept(pathname).then((file) => file ?? fetch(event.request)))
  }
})

async function keepFiles() {
  const cache = await caches.open(CACHE)
  await cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-store' })))
}

async function removeOlder() {
  const names = await caches.keys()
  const older = names.filter((name) => name.startsWith(PREFIX) && name !== CACHE)
  await Promise.all(older.map((name) => caches.delete(name)))
}

async function fromNetwork(event) {
  try {
    const answer = await inTime(fetch(event.request))
    if (UNREACHED.includes(answer.status)) return (await kept(PAGE)) ?? answer
    event.waitUntil(leaveWhereUnwanted())
    return answer
  } catch (failure) {
    const page = await kept(PAGE)
    if (page) return page
    throw failure
  }
}

function inTime(answer) {
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new TypeError('no answer in time')), PATIENCE_MS)
  })
  return Promise.race([answer, late])
}

async function kept(path) {
  const cache = await caches.open(CACHE)
  return cache.match(path)
}

/** A server that ships no such file any more, or another program at its address, is left alone. */
async function leaveWhereUnwanted() {
  const own = await fetch(self.location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null)
  if (own === null || !isUnwanted(own)) return
  await self.registration.unregister()
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)))
}

function isUnwanted(own) {
  const type = own.headers.get('content-type') ?? ''
  return GONE.includes(own.status) || (own.ok && !type.includes('javascript'))
}
