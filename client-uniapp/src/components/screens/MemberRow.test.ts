import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { i18n } from '../../locale'
import type { Member } from '../../protocol/members'
import { fakeUni } from '../../testing/fakeUni'
import MemberRow from './MemberRow.vue'

const GUEST = {
  id: 'g',
  name: '',
  role: 'guest',
  colour: '',
  devices: 1,
  expires_at: '2026-05-21T04:00:00',
} as Member

function rowText(member: Member): string {
  const pinia = createPinia()
  setActivePinia(pinia)
  const props = { member, name: '这位' }
  return mount(MemberRow, { props, global: { plugins: [pinia, i18n] } }).text()
}

beforeEach(() => void fakeUni())
afterEach(() => void vi.unstubAllGlobals())

it('tells the role of a member who has a name, as one without is called by it', () => {
  expect(rowText({ ...GUEST, name: '小李' })).toContain('临时访客')
  expect(rowText(GUEST)).not.toContain('临时访客')
  expect(rowText({ ...GUEST, role: 'owner', expires_at: null })).not.toContain('管理员')
})

it('tells the day on which a guest’s access ends', () => {
  expect(rowText(GUEST)).toContain('5月21日 04:00')
})
