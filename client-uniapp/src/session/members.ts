/** What is asked of the server about devices and members. */
import type {
  Invitation,
  Member,
  Members,
  OwnLimits,
  PairedDevice,
  WaitingScreen,
} from '../protocol/members'
import { call } from './call'

/** Whose the next device will be: one's own, another member's, or a new guest's. */
export type Invited = { member: string } | { guest: true } | Record<string, never>

export type MemberWords = Pick<Member, 'name' | 'colour'>

export const fetchDevices = (): Promise<{ devices: PairedDevice[] }> => call('GET', '/devices')

export const renameDevice = (id: string, name: string): Promise<PairedDevice> =>
  call('PATCH', `/devices/${id}`, { name })

export const revokeDevice = (id: string): Promise<unknown> => call('DELETE', `/devices/${id}`)

export const invite = (whom: Invited): Promise<Invitation> => call('POST', '/devices/code', whom)

export const approve = (digits: string): Promise<WaitingScreen> =>
  call('POST', `/devices/requests/${digits}/approve`, {})

export const fetchMembers = (): Promise<Members> => call('GET', '/members')

export const addMember = (words: MemberWords): Promise<Member> => call('POST', '/members', words)

/** What a member may do, beside what they are called. */
export type MemberRights = OwnLimits & Pick<Member, 'remote_models'>

export const changeMember = (
  id: string,
  words: Partial<MemberWords & MemberRights>,
): Promise<Member> =>
  call('PATCH', `/members/${id}`, words)

/** An empty one is none. */
export const setPassword = (id: string, password: string): Promise<Member> =>
  call('PATCH', `/members/${id}`, { password })

export const removeMember = (id: string): Promise<unknown> => call('DELETE', `/members/${id}`)
