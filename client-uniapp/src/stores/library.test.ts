import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { storedConversation } from '../testing/tree'
import { useLibraryStore } from './library'
import { useToastStore } from './toast'

let uniApp: ReturnType<typeof fakeUni>
const LIST = 'GET /conversations?state=active'
const one = storedConversation('c1', 'one')

function setUp() {
  setActivePinia(createPinia())
  return { library: useLibraryStore(), toast: useToastStore() }
}

beforeEach(() => {
  uniApp = fakeUni()
  uniApp.replies.set(LIST, { conversations: [one], next: null })
})
afterEach(() => void vi.unstubAllGlobals())

it('keeps the list for when the server is out of reach', async () => {
  await setUp().library.load()
  uniApp.replies.clear()
  const { library } = setUp()
  await library.load()
  expect(library.rows).toEqual([one])
})

it('goes on with the next page', async () => {
  const two = storedConversation('c2')
  uniApp.replies.set(LIST, { conversations: [one], next: 'x/y' })
  uniApp.replies.set(`${LIST}&cursor=x%2Fy`, { conversations: [two], next: null })
  const { library } = setUp()
  await library.load()
  await library.loadMore()
  expect(library.rows).toEqual([one, two])
  expect(library.next).toBeNull()
})

it('asks again after a change while somebody looks, and not otherwise', async () => {
  const { library } = setUp()
  library.receive({ type: 'changed', conversation: 'c1', revision: 2 })
  expect(uniApp.asked).toEqual([])
  library.watchList(true)
  library.receive({ type: 'changed', conversation: 'c1', revision: 2 })
  await flushPromises()
  expect(uniApp.asked).toHaveLength(2)
})

it('deletes, and brings back what was deleted', async () => {
  uniApp.replies.set('DELETE /conversations/c1', one)
  uniApp.replies.set('POST /conversations/c1/restore', one)
  const { library, toast } = setUp()
  expect(await library.remove(one)).toBe(true)
  expect(toast.toast).toMatchObject({ key: 'toast.deleted', values: { title: 'one' } })
  toast.toast?.undo?.()
  await flushPromises()
  expect(uniApp.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'DELETE /conversations/c1',
    LIST,
    'POST /conversations/c1/restore',
    LIST,
  ])
})

it('says that nothing was done without a connection', async () => {
  const { library, toast } = setUp()
  expect(await library.change('c1', { pinned: true })).toBe(false)
  expect(toast.toast?.key).toBe('toast.unreached')
})
