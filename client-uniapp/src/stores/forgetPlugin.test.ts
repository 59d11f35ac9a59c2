import { createPinia, defineStore, setActivePinia, type StoreDefinition } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createApp, ref } from 'vue'
import { fakeUni } from '../testing/fakeUni'
import { activatePinia } from '../testing/pinia'
import { forgetPlugin, forgetStores } from './forgetPlugin'

const SECRET = 'a secret of this device'
/** What goes on after the device was removed, and says so on the screen. */
const STILL_RUNNING = ['exports.running']

const modules = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], {
  eager: true,
})
const sources = import.meta.glob<string>(['./*.ts', '!./*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const stores = Object.values(modules).flatMap(Object.values).filter(isStore)

function isStore(exported: unknown): exported is StoreDefinition {
  return typeof exported === 'function' && '$id' in exported
}

/** A value of the same kind with the secret in it; a number or a switch stays as it is. */
function withSecret(value: unknown): unknown {
  if (Array.isArray(value)) return [{ id: SECRET, name: SECRET, spec: SECRET }]
  if (value === null || typeof value === 'string') return SECRET
  if (value instanceof Map || typeof value !== 'object') return value
  return Object.fromEntries(Object.keys(value).map((key) => [key, SECRET]))
}

beforeEach(() => {
  fakeUni()
  activatePinia()
})
afterEach(() => void vi.unstubAllGlobals())

it('is asked of every store in the folder', () => {
  const defined = Object.values(sources).join().match(/= defineStore\(/g)
  expect(stores).toHaveLength(defined?.length ?? 0)
})

describe.each(stores.map((use) => [use.$id, use] as const))('the store %s', (id, use) => {
  it('forgets all it was given, or says at its definition why not', () => {
    const store = use()
    if (!('forget' in store)) return
    const names = Object.keys(store.$state).filter((name) => !STILL_RUNNING.includes(`${id}.${name}`))
    for (const name of names) store.$state[name] = withSecret(store.$state[name])
    forgetStores()
    const left = names.filter((name) => JSON.stringify(store.$state[name])?.includes(SECRET))
    expect(left).toEqual([])
  })
})

it('refuses a store that neither forgets nor is retained', () => {
  const useCareless = defineStore('careless', () => ({ name: ref('') }))
  expect(() => useCareless()).toThrow('careless')
})

it('leaves a retained store as it is', () => {
  const setup = () => ({ name: ref('') })
  const useRetained = defineStore('retained', setup, { retained: 'a test' })
  useRetained().name = 'kept'
  forgetStores()
  expect(useRetained().name).toBe('kept')
})

it('forgets the stores of the active pinia alone', () => {
  const useForgetful = defineStore('forgetful', () => {
    const name = ref('')
    return { name, forget: () => void (name.value = '') }
  })
  const first = useForgetful()
  first.name = 'kept'
  const second = createPinia().use(forgetPlugin)
  createApp({}).use(second)
  setActivePinia(second)
  useForgetful().name = 'gone'
  forgetStores()
  expect([first.name, useForgetful().name]).toEqual(['kept', ''])
})
