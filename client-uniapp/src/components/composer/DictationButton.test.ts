import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import DictationButton from './DictationButton.vue'

const isTouched = vi.hoisted(() => ({ value: true }))
const focusField = vi.hoisted(() => vi.fn())
vi.mock('../../platform/composerField', () => ({ hasTouchKeyboard: () => isTouched.value }))
vi.mock('../../platform/keyboard', () => ({ focusField }))

function setUp(hasTouchKeyboard: boolean) {
  isTouched.value = hasTouchKeyboard
  const view = mount(DictationButton, { global: { plugins: [i18n] } })
  const button = view.find('[data-testid=dictate]')
  const hint = () => view.find('[data-testid=dictation-hint]')
  return { view, button, hint }
}

afterEach(() => void focusField.mockClear())

it('brings a phone’s keyboard and points to the microphone there', async () => {
  const { button, hint } = setUp(true)
  await button.trigger('click')
  expect(focusField).toHaveBeenCalledWith('.composer')
  expect(hint().text()).toContain(i18n.global.t('dictation.keyboardHint'))
  expect(button.attributes('aria-disabled')).toBeUndefined()
})

it('is off without such a keyboard, and says why when it is pressed', async () => {
  const { button, hint } = setUp(false)
  expect(button.attributes('aria-disabled')).toBe('true')
  expect(button.attributes('aria-description')).toBe(i18n.global.t('dictation.noneReason'))
  await button.trigger('click')
  expect(hint().text()).toBe(i18n.global.t('dictation.noneReason'))
  expect(focusField).not.toHaveBeenCalled()
})

it('still says why when what is pointed at is pressed', async () => {
  const { view, button, hint } = setUp(false)
  await view.trigger('mouseenter')
  await button.trigger('click')
  expect(hint().exists()).toBe(true)
})

it('says why when it is pointed at, and no longer', async () => {
  const { view, hint } = setUp(false)
  await view.trigger('mouseenter')
  expect(hint().exists()).toBe(true)
  await view.trigger('mouseleave')
  expect(hint().exists()).toBe(false)
})

it('can be closed on a phone', async () => {
  const { view, button, hint } = setUp(true)
  await button.trigger('click')
  await view.find('[data-testid=dictation-close]').trigger('click')
  expect(hint().exists()).toBe(false)
})
