import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Plugin } from 'vite'

/** At the root: a worker answers for what lies beside it and below. */
const NAMES = ['service-worker.js', 'offline.html', 'offline.js']
const VERSION = '__VERSION__'
const VERSION_LENGTH = 12

const sourceOf = (name: string): string =>
  readFileSync(new URL(`../offline/${name}`, import.meta.url), 'utf8')

/** The service worker and its page by file name; the version changes whenever one of them does. */
export function offlineFiles(): Map<string, string> {
  const sources = NAMES.map(sourceOf)
  const version = createHash('sha256').update(sources.join('\0')).digest('hex')
  const filled = sources.map((text) => text.replace(VERSION, version.slice(0, VERSION_LENGTH)))
  return new Map(NAMES.map((name, at) => [name, filled[at] ?? '']))
}

/** A plugin for H5 builds. */
export const shipOfflinePage: Plugin = {
  name: 'ship-offline-page',
  generateBundle() {
    for (const [fileName, source] of offlineFiles()) {
      this.emitFile({ type: 'asset', fileName, source })
    }
  },
}
