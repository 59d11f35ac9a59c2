import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { i18n } from '../../locale'
import type { ChosenOptions } from '../../options/knobs'
import type { OptionRule } from '../../protocol/frames'
import { testModel } from '../../testing/model'
import OptionList from './OptionList.vue'

function setUp(options: ChosenOptions, ...rules: OptionRule[]) {
  const model = testModel({ name: 'R1', option_rules: rules })
  const list = mount(OptionList, {
    props: { options, below: {}, model },
    global: { plugins: [createPinia(), i18n] },
  })
  return { list, row: (name: string) => list.get(`[data-option="${name}"]`) }
}

beforeEach(() => setActivePinia(createPinia()))

it('greys what the model cannot, and says why', async () => {
  const rule = { name: 'temperature', reason: 'reasoning' as const, low: null, high: null }
  const { list, row } = setUp({ temperature: 1.2 }, rule)
  expect(row('temperature').attributes('aria-disabled')).toBe('true')
  expect(row('temperature').text()).toContain('「R1」思考时')
  expect(row('temperature').text()).toContain('1.2')
  await row('temperature').trigger('click')
  expect(list.emitted('edit')).toBeUndefined()
})

it('says the bounds, and what is sent in place of a value outside', () => {
  const rule = { name: 'temperature', reason: 'provider' as const, low: 0, high: 1 }
  expect(setUp({}, rule).row('temperature').text()).toContain('「R1」支持 0 到 1。')
  expect(setUp({ temperature: 1.5 }, rule).row('temperature').text()).toContain('将按 1 发送')
})

it('says nothing of an ordinary model', () => {
  expect(setUp({}).list.text()).not.toContain('R1')
})
