import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { i18n } from '../../locale'
import type { Me, Member } from '../../protocol/members'
import { useAccountStore } from '../../stores/account'
import { useMeStore } from '../../stores/me'
import { usePreferencesStore } from '../../stores/preferences'
import { fakeUni } from '../../testing/fakeUni'
import AccountRow from './AccountRow.vue'
import AccountSheet from './AccountSheet.vue'

const FOUR = new Date(2026, 11, 3, 4, 0)

function setUp(me: Partial<Me>, component: typeof AccountRow = AccountRow) {
  fakeUni()
  const pinia = createPinia()
  setActivePinia(pinia)
  useMeStore().me = { role: 'member', pairing: true, device: 'd1', member: null, ...me }
  const view = mount(component, { global: { plugins: [pinia, i18n] } })
  return { view, see: (id: string) => view.find(`[data-testid=${id}]`) }
}

const member = (words: Partial<Member>): Member =>
  ({ id: 'm', name: '', colour: '', role: 'member', expires_at: null, ...words }) as Member
const guest = member({ role: 'guest', expires_at: FOUR.toISOString() })

afterEach(() => void vi.unstubAllGlobals())

it('shows a member by name, and leads to signing out', async () => {
  const { see } = setUp({ member: member({ name: '妈妈' }) })
  expect(see('account').text()).toContain('妈妈')
  await see('account').trigger('click')
  expect(useAccountStore().isOpen).toBe(true)
})

it.each([
  ['zh', '12月3日 04:00'],
  ['en', 'Dec 3, 04:00'],
] as const)('tells a guest until when, in %s', async (language, time) => {
  const { see } = setUp({ role: 'guest', member: guest })
  usePreferencesStore().languageChoice = language
  await nextTick()
  expect(see('account').text()).toContain(time)
})

it('is not there where the server knows nobody by name', () => {
  const { see } = setUp({ role: 'visitor' })
  expect(see('account').exists()).toBe(false)
})

it('signs nobody out before they agreed', async () => {
  const { see } = setUp({ member: member({ name: '妈妈' }) }, AccountSheet)
  const signOut = vi.fn<() => Promise<void>>()
  useAccountStore().signOut = signOut
  await see('sign-out').trigger('click')
  expect(signOut).not.toHaveBeenCalled()
  await see('confirm').trigger('click')
  expect(signOut).toHaveBeenCalledOnce()
})

it('says why there is nothing to sign out of on the server’s own computer', () => {
  const { see } = setUp({ role: 'owner', device: null, member: member({ role: 'owner' }) }, AccountSheet)
  expect(see('account-line').text()).toBe(i18n.global.t('account.noSignOut'))
  expect(see('sign-out').exists()).toBe(false)
})
