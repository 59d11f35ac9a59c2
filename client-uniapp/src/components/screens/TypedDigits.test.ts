import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import { fakeUni } from '../../testing/fakeUni'
import TypedDigits from './TypedDigits.vue'

const APPROVE = 'POST /devices/requests/381046/approve'

function setUp() {
  const uni = fakeUni()
  const pinia = createPinia()
  setActivePinia(pinia)
  const view = mount(TypedDigits, { props: { paired: null }, global: { plugins: [pinia, i18n] } })
  const shown = (id: string) => view.find(`[data-testid=${id}]`)
  async function type(digits: string) {
    await view.find('input').setValue(digits)
    await shown('confirm-digits').trigger('click')
    await flushPromises()
  }
  return { uni, view, shown, type }
}

afterEach(() => void vi.unstubAllGlobals())

it('says under the digits that they are wrong, until they are put right', async () => {
  const { uni, view, shown, type } = setUp()
  uni.refusals.set(APPROVE, 'unknown_request')
  await type('381 046')
  expect(shown('typed-digits-trouble').text()).toBe('refused: unknown_request')
  expect(view.find('input').element.value).toBe('381 046')
  await view.find('input').setValue('381 04')
  expect(shown('typed-digits-trouble').exists()).toBe(false)
})

it('says so when the server was not reached', async () => {
  const { shown, type } = setUp()
  await type('381046')
  expect(shown('typed-digits-trouble').text()).toBe(i18n.global.t('toast.unreached'))
})

it('asks for the confirmation on the other screen until that is paired', async () => {
  const { uni, view, shown, type } = setUp()
  uni.replies.set(APPROVE, { digits: '381046', name: '客厅的电视', address: '' })
  await type('３８１０４６')
  expect(shown('digits-approved').text()).toContain('客厅的电视')
  await view.setProps({ paired: 'd1' })
  expect(shown('digits-approved').exists()).toBe(false)
})
