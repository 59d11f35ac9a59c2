import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { i18n } from '../../locale'
import LimitSheet from './LimitSheet.vue'

const range = { min: 1, max: 1000, step: 10, usual: 100, isWhole: true }

function setUp(value: number | null) {
  const sheet = mount(LimitSheet, {
    props: { name: 'messages_per_day', range, value, unset: '平常：不限' },
    global: { plugins: [createPinia(), i18n], renderStubDefaultSlot: true },
  })
  const choose = (label: string) =>
    sheet.get(`[aria-label="${i18n.global.t(`limits.${label}`)}"]`).trigger('click')
  const type = (text: string) => sheet.get('[data-testid="option-field"]').setValue(text)
  const save = () => sheet.get('[data-testid="save-limit"]').trigger('click')
  return { sheet, choose, type, save, set: () => sheet.emitted('set')?.map(([value]) => value) }
}

beforeEach(() => setActivePinia(createPinia()))

it('says what is usual, and goes back to it', async () => {
  const { sheet, choose, save, set } = setUp(50)
  expect(sheet.text()).toContain('平常：不限')
  await choose('usual')
  expect(sheet.text()).toContain('平常：不限')
  await save()
  expect(set()).toEqual([null])
})

it('takes the limit away, which is not the same as the usual one', async () => {
  const { choose, save, set } = setUp(null)
  await choose('none')
  await save()
  expect(set()).toEqual([0])
})

it('says beside the field what is wrong, and is not saved with it', async () => {
  const { sheet, choose, type, save, set } = setUp(null)
  await choose('own')
  await type('1001')
  expect(sheet.get('[role="alert"]').text()).toContain('1000')
  await type('')
  await save()
  expect(set()).toBeUndefined()
  await type('３０')
  await save()
  expect(set()).toEqual([30])
})
