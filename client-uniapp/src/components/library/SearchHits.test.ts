import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { useSearchStore } from '../../stores/search'
import type { Hit } from '../../protocol/rest'
import { fakeUni } from '../../testing/fakeUni'
import SearchHits from './SearchHits.vue'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('marks what was found in a title', () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const snippet = { text: '灯塔有多高', marks: [[0, 2]], before: false, after: false }
  const hit = { conversation: 'c', title: '灯塔有多高', message: null, snippet }
  useSearchStore().hits = [hit as unknown as Hit]
  const row = mount(SearchHits, { global: { plugins: [pinia, i18n] } }).get('[data-testid="hit"]')
  expect(row.text()).toBe('灯塔有多高')
  expect(row.get('.marked').text()).toBe('灯塔')
})
