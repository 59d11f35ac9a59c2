import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Model } from '../../protocol/frames'
import type { OfferedModel } from '../../protocol/rest'
import { fakeUni } from '../../testing/fakeUni'
import { testDownload, testModel } from '../../testing/model'
import ModelActsSheet from './ModelActsSheet.vue'

let uniApp: ReturnType<typeof fakeUni>

function setUp(change: Partial<Model> = {}, details: Partial<OfferedModel> = {}) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const model = testModel({ id: 'a', ...change })
  const whole = { ...model, backend: '', running: 0, waiting: 0, tokens_per_second: null, ...details }
  uniApp.replies.set('PATCH /models/a', whole)
  const sheet = mount(ModelActsSheet, {
    props: { model, details: whole },
    global: { plugins: [pinia, i18n] },
  })
  const has = (id: string) => sheet.find(`[data-testid="${id}"]`).exists()
  const press = async (id: string) => {
    await sheet.get(`[data-testid="${id}"]`).trigger('click')
    await flushPromises()
  }
  return { sheet, has, press }
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

const download = testDownload(1, 2)

it.each([
  ['pause-download', { state: 'fetching', download }, { download: 'paused' }],
  [
    'resume-download',
    { state: 'absent', download: download && { ...download, paused: true } },
    { download: 'running' },
  ],
  ['make-default', {}, { default: true }],
  ['unload-model', { state: 'ready' }, { loaded: false }],
  ['owner-only', {}, { owner_only: true }],
] as const)('%s tells the server', async (act, change, changes) => {
  const { press } = setUp(change as Partial<Model>)
  await press(act)
  expect(uniApp.asked).toEqual([{ method: 'PATCH', path: '/models/a', body: changes }])
})

it('offers only what would do something', () => {
  const { has } = setUp({ default: true, local: false, state: 'ready' })
  expect(has('make-default')).toBe(false)
  expect(has('unload-model')).toBe(false)
  expect(has('pause-download')).toBe(false)
  expect(has('resume-download')).toBe(false)
})

it('removes only after a yes, the files only where that was chosen', async () => {
  const { sheet, press } = setUp()
  await press('remove-model')
  expect(uniApp.asked).toEqual([])
  await sheet.get('[aria-label="同时删除文件"]').trigger('click')
  await press('confirm')
  expect(uniApp.asked).toEqual([{ method: 'DELETE', path: '/models/a?files=1', body: undefined }])
})

it.each(['remove-model', 'owner-only'])('%s: a model of the settings is changed there', (act) => {
  const { sheet } = setUp({}, { from_settings: true })
  expect(sheet.get(`[data-testid="${act}"]`).text()).toContain('MYLLM_MODELS')
  expect(sheet.get(`[data-testid="${act}"]`).attributes('aria-disabled')).toBe('true')
})
