/**
 * The page that a browser shows in place of its own error when the server does not answer, kept by
 * a service worker (offline/service-worker.js). Only secure contexts have these: https, and the
 * server's own computer. Everywhere else nothing is registered.
 */
// #ifdef H5
import { pageFolder } from './address'
// #endif

/** Once the server has let this device in. A certificate that is not trusted allows none. */
export function keepOfflinePage(): void {
  // #ifdef H5
  if (!import.meta.env.PROD || !workers()) return
  workers()?.register(`${pageFolder()}service-worker.js`).catch(() => undefined)
  // #endif
}

/** For a device that signed out or was revoked: nothing of the server stays in the browser. */
export async function dropOfflinePage(): Promise<void> {
  // #ifdef H5
  const registration = await workers()?.getRegistration(pageFolder())
  await registration?.unregister()
  if (!('caches' in globalThis)) return
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)))
  // #endif
}

// #ifdef H5
const PREFIX = 'myllm-offline-'

const workers = (): ServiceWorkerContainer | undefined =>
  globalThis.isSecureContext && 'serviceWorker' in navigator ? navigator.serviceWorker : undefined
// #endif
