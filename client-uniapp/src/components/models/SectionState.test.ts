import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { useCatalogStore } from '../../stores/catalog'
import { fakeUni } from '../../testing/fakeUni'
import FoundGroup from './FoundGroup.vue'

let uniApp: ReturnType<typeof fakeUni>

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it.each([
  [undefined, '连不上电脑'],
  [404, '版本过旧'],
  [503, '出错了'],
])('says what a server means that answers %s without a word', async (status, said) => {
  const pinia = createPinia()
  setActivePinia(pinia)
  if (status) uniApp.statuses.set('GET /models/found', status)
  const group = mount(FoundGroup, { global: { plugins: [pinia, i18n] } })
  await useCatalogStore().loadFound()
  await flushPromises()
  expect(group.get('[role="alert"]').text()).toContain(said)
})
