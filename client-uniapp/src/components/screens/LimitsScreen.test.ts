import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Member } from '../../protocol/members'
import { useMembersStore } from '../../stores/members'
import { fakeUni } from '../../testing/fakeUni'
import LimitsScreen from './LimitsScreen.vue'

const none = {
  messages_per_minute: null,
  messages_per_day: null,
  runs_at_once: null,
  prompt_tokens: null,
}
const mum = {
  ...none,
  id: 'mum',
  name: '妈妈',
  colour: '',
  role: 'member',
  expires_at: null,
  devices: 1,
  has_password: false,
} satisfies Partial<Member>

let uniApp: ReturnType<typeof fakeUni>

function setUp(change: Partial<Member>) {
  const pinia = createPinia()
  setActivePinia(pinia)
  const members = useMembersStore()
  members.list = [{ ...mum, ...change } as Member]
  members.limited = 'mum'
  return mount(LimitsScreen, { global: { plugins: [pinia, i18n] } })
}

beforeEach(() => {
  uniApp = fakeUni()
})
afterEach(() => void vi.unstubAllGlobals())

it('allows and forbids models of providers, or leaves it to the role', async () => {
  const screen = setUp({ remote_models: null, remote_tokens_per_day: null })
  expect(screen.get('[data-testid="remote-models"]').text()).toMatch(/默认$/)
  uniApp.replies.set('PATCH /members/mum', { ...mum, remote_models: false, remote_tokens_per_day: 0 })
  await screen.get('[data-testid="remote-models"]').trigger('click')
  await screen.get('[aria-label="不允许"]').trigger('click')
  await screen.get('[data-testid="save-remote"]').trigger('click')
  await flushPromises()
  expect(uniApp.asked[0]?.body).toEqual({ remote_models: false })
  expect(screen.get('[data-testid="remote-models"]').text()).toContain('不允许')
})

it('limits their tokens of such models', () => {
  const screen = setUp({ remote_models: true, remote_tokens_per_day: 50_000 })
  expect(screen.get('[data-limit="remote_tokens_per_day"]').text()).toContain('50000 词元')
})

it('shows neither with a server that does not know them', () => {
  const screen = setUp({})
  expect(screen.findAll('[data-limit]')).toHaveLength(4)
  expect(screen.find('[data-testid="remote-models"]').exists()).toBe(false)
})
