import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { keepToken } from '../../session/token'
import { fakeUni } from '../../testing/fakeUni'
import ExportRows from './ExportRows.vue'

const keepFile = vi.hoisted(() => vi.fn<(address: string, name: string) => Promise<string>>())
const refusal = vi.hoisted(() => ({ value: {} as unknown }))
vi.mock('../../platform/savedFile', () => ({
  keepFile,
  savingTrouble: () => null,
  readJsonFile: () => Promise.resolve(refusal.value),
}))

interface Asked {
  url: string
  header: Record<string, string>
  success(reply: { statusCode: number; tempFilePath: string }): void
  fail(): void
}
type OnProgress = (reply: { totalBytesWritten: number }) => void

function setUp() {
  const asked: Asked[] = []
  let progress: OnProgress = () => undefined
  const onProgressUpdate = (listener: OnProgress) => void (progress = listener)
  vi.stubGlobal('uni', {
    ...fakeUni(),
    downloadFile: (one: Asked) => (asked.push(one), { onProgressUpdate }),
  })
  const pinia = createPinia()
  setActivePinia(pinia)
  keepToken('T', 'd1')
  keepFile.mockReset().mockResolvedValue('saved')
  const view = mount(ExportRows, { global: { plugins: [pinia, i18n] } })
  const press = async (id: string) => {
    await view.find(`[data-testid=${id}]`).trigger('click')
    await flushPromises()
  }
  const exported = () => view.find('[data-testid=exported]')
  return { view, asked, press, exported, grow: (bytes: number) => progress({ totalBytesWritten: bytes }) }
}

afterEach(() => void vi.unstubAllGlobals())

it('shows the token in a header and never in the address', async () => {
  const { asked, press } = setUp()
  await press('export-json')
  expect(asked[0]?.url).toMatch(/\/api\/v1\/export\?format=json$/)
  expect(asked[0]?.header.Authorization).toBe('Bearer T')
})

it('keeps the file under a name with the day, and tells it', async () => {
  const { asked, press, exported } = setUp()
  await press('export-markdown')
  asked[0]?.success({ statusCode: 200, tempFilePath: 'blob:1' })
  await flushPromises()
  const [address, name] = keepFile.mock.calls[0] ?? []
  expect(address).toBe('blob:1')
  expect(name).toMatch(/\d{4}-\d\d-\d\d\.md$/)
  expect(exported().text()).toContain(name)
})

it('tells how much has come, and runs one export at a time', async () => {
  const { view, asked, press, grow } = setUp()
  await press('export-json')
  grow(12_000_000)
  await flushPromises()
  expect(view.find('[data-testid=export-json]').text()).toContain('12 MB')
  await press('export-markdown')
  expect(asked).toHaveLength(1)
})

it('says why nothing was saved: cut off, out of reach, or refused', async () => {
  const { asked, press, exported, grow } = setUp()
  await press('export-json')
  asked[0]?.fail()
  await flushPromises()
  expect(exported().text()).toBe(i18n.global.t('exports.unreached'))
  await press('export-json')
  grow(10)
  asked[1]?.fail()
  await flushPromises()
  expect(exported().text()).toBe(i18n.global.t('exports.cut'))
  refusal.value = { code: 'not_allowed', message: '没有权限' }
  await press('export-json')
  asked[2]?.success({ statusCode: 403, tempFilePath: 'blob:2' })
  await flushPromises()
  expect(exported().text()).toBe('没有权限')
  expect(keepFile).not.toHaveBeenCalled()
})
