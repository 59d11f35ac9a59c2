import { expect, it } from 'vitest'
import { account, preset } from '../testing/catalog'
import { hostOf, isOwnComputer, isServerAddress, matching, needsAddress, specOf } from './providers'

const models = ['deepseek-chat', 'deepseek-reasoner', 'qwen/qwen3-8b'].map((id) => ({
  id,
  name: id,
  context_tokens: null,
  abilities: [],
}))

it('asks for an address only where nobody else knows it', () => {
  expect(needsAddress(preset())).toBe(false)
  expect(needsAddress(preset({ base_url: null }))).toBe(true)
  expect(needsAddress(preset({ base_url: 'http://127.0.0.1:8000/v1', needs_key: false }))).toBe(true)
})

it('names a model by its preset and the provider’s own name', () => {
  expect(specOf(account(), 'deepseek-chat')).toBe('deepseek/deepseek-chat')
})

it('finds a model by all the words typed, in any order and case', () => {
  expect(matching(models, '8B Qwen').shown.map(({ id }) => id)).toEqual(['qwen/qwen3-8b'])
  expect(matching(models, '').shown).toHaveLength(3)
  expect(matching(models, 'gpt')).toEqual({ shown: [], left: 0 })
})

it('shows a phone no endless list, and says how much is left out', () => {
  const many = Array.from({ length: 300 }, (_, at) => ({ ...models[0], id: `m${at}`, name: 'm' }))
  const { shown, left } = matching(many as typeof models, 'm')
  expect(shown.length + left).toBe(300)
  expect(shown.length).toBeLessThan(60)
})

it.each([
  ['http://127.0.0.1:8000/v1', true],
  ['http://localhost:8000/v1', true],
  ['http://[::1]:8000/v1', true],
  ['http://192.168.1.20:8000/v1', false],
  ['https://127.0.0.1.example.com/v1', false],
  ['', false],
])('knows whether %j is the server’s own computer: %s', (address, expected) => {
  expect(isOwnComputer(address)).toBe(expected)
})

it('tells a server’s address from one that names its model', () => {
  expect(isServerAddress('http://192.168.1.20:8000/v1')).toBe(true)
  expect(isServerAddress('http://192.168.1.20:8000/v1#qwen')).toBe(false)
  expect(isServerAddress('ollama/qwen3:4b')).toBe(false)
  expect(hostOf('http://192.168.1.20:8000/v1')).toBe('192.168.1.20:8000')
})
