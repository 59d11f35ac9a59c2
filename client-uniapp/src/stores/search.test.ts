import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { useSearchStore } from './search'

let uniApp: ReturnType<typeof fakeUni>
const hit = { conversation: 'c1', title: 'one', message: null }

function setUp() {
  setActivePinia(createPinia())
  return useSearchStore()
}

beforeEach(() => {
  vi.useFakeTimers()
  uniApp = fakeUni()
  uniApp.replies.set('GET /search?q=%E7%88%AC%E5%B1%B1', { hits: [hit], next: null })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('asks once for what was typed in one go', async () => {
  const search = setUp()
  search.type('爬')
  search.type('爬山')
  await vi.runAllTimersAsync()
  expect(search.hits).toEqual([hit])
  expect(uniApp.asked).toHaveLength(1)
})

it('shows nothing late of what was cleared', async () => {
  const search = setUp()
  search.type('爬山')
  vi.advanceTimersByTime(250)
  search.type('')
  await vi.runAllTimersAsync()
  expect(search.hits).toBeNull()
})

it('puts the next page below', async () => {
  const second = { ...hit, conversation: 'c2' }
  uniApp.replies.set('GET /search?q=many', { hits: [hit], next: 'n 1' })
  uniApp.replies.set('GET /search?q=many&cursor=n%201', { hits: [second], next: null })
  const search = setUp()
  search.type('many')
  await vi.runAllTimersAsync()
  await search.loadMore()
  expect(search.hits).toEqual([hit, second])
  expect(search.next).toBeNull()
})

it('keeps the way to a page that could not be had', async () => {
  uniApp.replies.set('GET /search?q=many', { hits: [hit], next: 'n1' })
  const search = setUp()
  search.type('many')
  await vi.runAllTimersAsync()
  await search.loadMore()
  expect([search.hits, search.next]).toEqual([[hit], 'n1'])
})

it('says that the server is out of reach', async () => {
  const search = setUp()
  search.type('other')
  await vi.runAllTimersAsync()
  expect(search.isUnreached).toBe(true)
})
