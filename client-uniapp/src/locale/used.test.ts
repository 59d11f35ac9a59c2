import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { zh } from './zh'

const sources = fileURLToPath(new URL('..', import.meta.url))

/** The keys that are written out; those put together from pieces cannot be found this way. */
function usedKeys(): string[] {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' })
  return files
    .filter((file) => /\.(vue|ts)$/.test(file) && !file.endsWith('.test.ts'))
    .flatMap((file) => [...readFileSync(`${sources}/${file}`, 'utf8').matchAll(/\bt\('([\w.]+)'/g)])
    .map(([, key = '']) => key)
}

function sentenceAt(key: string): unknown {
  return key.split('.').reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], zh)
}

it('has a sentence for every key that is used', () => {
  const used = usedKeys()
  expect(used.length).toBeGreaterThan(100)
  expect(used.filter((key) => typeof sentenceAt(key) !== 'string')).toEqual([])
})
