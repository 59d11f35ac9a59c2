import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { usePromptsStore } from './prompts'

beforeEach(() => setActivePinia(createPinia()))

it('keeps what was written for each conversation until it is saved', () => {
  const prompts = usePromptsStore()
  prompts.keep(null, '新的')
  prompts.keep('c1', '')
  expect([prompts.find(null), prompts.find('c1'), prompts.find('c2')]).toEqual(['新的', '', null])
  prompts.keep('c1', null)
  expect([prompts.find(null), prompts.find('c1')]).toEqual(['新的', null])
})
