import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import { usePairingRequestStore } from '../../stores/pairingRequest'
import { fakeUni } from '../../testing/fakeUni'
import SixDigits from './SixDigits.vue'

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('asks for the confirmation alone once the digits were typed', async () => {
  const pinia = createPinia()
  setActivePinia(pinia)
  const view = mount(SixDigits, { global: { plugins: [pinia, i18n] } })
  expect(view.findAll('[role="heading"]')).toHaveLength(1)
  usePairingRequestStore().member = { name: '妈妈', role: 'member' }
  await nextTick()
  expect(view.find('[data-testid="confirm-pairing"]').exists()).toBe(true)
  expect(view.findAll('[role="heading"]')).toHaveLength(0)
})
