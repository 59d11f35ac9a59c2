import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { fakeUni } from '../testing/fakeUni'
import { usePersonasStore } from './personas'
import { useToastStore } from './toast'

const cook = { id: 'p1', name: '大厨', prompt: '你是厨师。' }
let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => {
  uniApp = fakeUni()
  setActivePinia(createPinia())
  uniApp.replies.set('GET /personas', { supplied: [], own: [cook] })
})
afterEach(() => void vi.unstubAllGlobals())

it('makes a new one without the spaces around its words', async () => {
  uniApp.replies.set('POST /personas', cook)
  const isSaved = await usePersonasStore().save({ id: null, name: ' 大厨 ', prompt: '你是厨师。\n' })
  expect(isSaved).toBe(true)
  expect(uniApp.asked[0]).toMatchObject({ body: { name: '大厨', prompt: '你是厨师。' } })
  expect(usePersonasStore().own).toEqual([cook])
})

it('changes one by its id', async () => {
  uniApp.replies.set('PATCH /personas/p1', cook)
  expect(await usePersonasStore().save({ ...cook, prompt: '你是川菜厨师。' })).toBe(true)
})

it('says so where the server is out of reach, and keeps what was written', async () => {
  expect(await usePersonasStore().save({ ...cook, id: null })).toBe(false)
  expect(useToastStore().toast?.key).toBe('toast.unreached')
})

it('makes a deleted one anew, with its id, when that is taken back', async () => {
  uniApp.replies.set('DELETE /personas/p1', '')
  uniApp.replies.set('POST /personas', cook)
  await usePersonasStore().remove(cook)
  useToastStore().toast?.undo?.()
  await vi.waitFor(() =>
    expect(uniApp.asked).toContainEqual(
      expect.objectContaining({ method: 'POST', body: cook }),
    ),
  )
})

it('knows whether the editor holds something new', async () => {
  const personas = usePersonasStore()
  await personas.load()
  expect(personas.isChanged()).toBe(false)
  personas.edited = { ...cook }
  expect(personas.isChanged()).toBe(false)
  personas.edited = { ...cook, prompt: '你是川菜厨师。' }
  expect(personas.isChanged()).toBe(true)
})
