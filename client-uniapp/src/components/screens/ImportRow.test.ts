import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { fakeUni } from '../../testing/fakeUni'
import ImportRow from './ImportRow.vue'

vi.mock('../../platform/chooseFile', () => ({ chooseFile: () => Promise.resolve('blob:file') }))

interface Sent {
  url: string
  success(reply: { statusCode: number; data: string }): void
  fail(): void
}

function setUp() {
  const sent: Sent[] = []
  vi.stubGlobal('uni', { ...fakeUni(), uploadFile: (one: Sent) => void sent.push(one) })
  const pinia = createPinia()
  setActivePinia(pinia)
  const view = mount(ImportRow, { global: { plugins: [pinia, i18n] } })
  async function choose(answer: (one: Sent) => void) {
    await view.find('[data-testid=import]').trigger('click')
    await flushPromises()
    answer(sent[sent.length - 1] as Sent)
    await flushPromises()
  }
  return { view, sent, choose }
}

const answer = (statusCode: number, data: object) => (one: Sent) =>
  one.success({ statusCode, data: JSON.stringify(data) })
const words = (key: string, count: number) => i18n.global.t(`imports.${key}`, { count })

afterEach(() => void vi.unstubAllGlobals())

it('says how much was new, how much known, and how much had to be repaired', async () => {
  const { view, choose } = setUp()
  await choose(answer(200, { conversations: 3, messages: 120, known: 5, repaired: 2 }))
  const text = view.find('[data-testid=imported]').text()
  expect(text).toContain('120')
  expect(text).toContain(words('known', 5))
  expect(text).toContain(words('repaired', 2))
})

it('says nothing of repairs where there were none', async () => {
  const { view, choose } = setUp()
  await choose(answer(200, { conversations: 1, messages: 2, known: 0 }))
  expect(view.find('[data-testid=imported]').text()).not.toContain(words('repaired', 0))
})

it('names the conversations that were left out, and why', async () => {
  const { view, choose } = setUp()
  const skips = [
    { place: '$[0]', title: '旅行', why: 'unreadable', reason: 'x' },
    { place: '$[3]', title: '\u200b', why: 'empty', reason: 'x' },
  ]
  await choose(answer(200, { conversations: 1, messages: 2, known: 0, skipped: 2, skips }))
  const text = view.find('[data-testid=import-skipped]').text()
  expect(text).toContain(i18n.global.t('importing.skipped', { count: 2 }))
  expect(text).toContain('旅行')
  expect(text).toContain(i18n.global.t('importing.nth', { number: 4 }))
  expect(text).toContain(i18n.global.t('importing.why.empty'))
})

it('shows the server’s sentence when it refuses the file', async () => {
  const { view, choose } = setUp()
  await choose(answer(422, { code: 'import_too_long', message: '太多了', retryable: false }))
  expect(view.find('[data-testid=import-trouble]').text()).toBe('太多了')
})

it('sends one file at a time, and says that the server was not reached', async () => {
  const { view, sent, choose } = setUp()
  await choose(() => void view.find('[data-testid=import]').trigger('click'))
  expect(sent).toHaveLength(1)
  sent[0]?.fail()
  await flushPromises()
  expect(view.find('[data-testid=import-trouble]').text()).toBe(i18n.global.t('toast.unreached'))
})
