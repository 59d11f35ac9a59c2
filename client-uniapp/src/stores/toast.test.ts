import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { useToastStore } from './toast'

it('gives way to a sheet unless it can be taken back', () => {
  setActivePinia(createPinia())
  const store = useToastStore()
  store.show('add.added', { name: 'a' })
  store.giveWay()
  expect(store.toast).toBeNull()
  store.show('toast.copied', {}, () => undefined)
  store.giveWay()
  expect(store.toast?.key).toBe('toast.copied')
})

it('is shown above while a sheet lies where it was', () => {
  setActivePinia(createPinia())
  const store = useToastStore()
  expect(store.isAbove).toBe(false)
  store.giveWay()
  expect(store.isAbove).toBe(true)
  store.comeBack()
  expect(store.isAbove).toBe(false)
})
