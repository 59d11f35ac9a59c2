import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { i18n } from '../../locale'
import type { Knob, OptionValue } from '../../options/knobs'
import { OTHER_KNOBS, USUAL_KNOBS } from '../../options/knobs'
import OptionSheet from './OptionSheet.vue'

function setUp(name: Knob['name'], value: OptionValue | null = null) {
  const knob = [...USUAL_KNOBS, ...OTHER_KNOBS].find((one) => one.name === name)
  if (!knob) throw new Error(name)
  const sheet = mount(OptionSheet, {
    props: { knob, value, unset: '模型默认' },
    global: { plugins: [createPinia(), i18n], renderStubDefaultSlot: true },
  })
  const press = (id: string) => sheet.get(`[data-testid="${id}"]`).trigger('click')
  return { sheet, press, set: () => sheet.emitted('set')?.map(([value]) => value) }
}

beforeEach(() => setActivePinia(createPinia()))

it('sets nothing before it is done, and nothing at all where it is only left', async () => {
  const { sheet, press, set } = setUp('temperature', 0.7)
  await press('more-of-it')
  expect(set()).toBeUndefined()
  await press('option-done')
  expect(set()).toEqual([0.8])
  expect(sheet.emitted('close')).toHaveLength(1)
})

it('cannot be done with a number that the server would refuse', async () => {
  const { sheet, press, set } = setUp('top_p')
  await sheet.get('[data-testid="option-field"]').setValue('1.5')
  expect(sheet.get('[role="alert"]').text()).toContain('0.01')
  expect(sheet.get('[data-testid="option-done"]').attributes('aria-disabled')).toBe('true')
  await press('option-unset')
  expect(set()).toEqual([null])
})

it('leaves an emptied field to the model', async () => {
  const { sheet, press, set } = setUp('seed', 42)
  await sheet.get('[data-testid="option-field"]').setValue('')
  await press('option-done')
  expect(set()).toEqual([null])
})

it('shows off as chosen where thinking is off', () => {
  const { sheet } = setUp('enable_thinking', false)
  expect(sheet.get('[aria-pressed="true"]').text()).toBe(i18n.global.t('sampling.off'))
})
