import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Member, MemberLimits } from '../protocol/members'
import type { MemberRights, MemberWords } from '../session/members'
import {
  addMember,
  changeMember,
  fetchMembers,
  removeMember,
  setPassword,
} from '../session/members'
import { useToastStore } from './toast'

/** The members of this server. Only the owner may ask for them. */
export const useMembersStore = defineStore('members', () => {
  const toast = useToastStore()
  const list = shallowRef<Member[]>([])
  /** The limits of members that have none of their own. */
  const usual = shallowRef<MemberLimits | null>(null)
  /** The member whose limits the limits screen shows. */
  const limited = shallowRef<string | null>(null)

  async function load(): Promise<void> {
    const reply = await fetchMembers().catch(toast.showFailure)
    if (!reply) return
    list.value = reply.members
    usual.value = reply.usual
  }

  /** Without an `id` it is a new one. The member as the server has it now, or null. */
  async function save(id: string | null, { name, colour }: MemberWords): Promise<Member | null> {
    const words = { name: name.trim(), colour }
    const call = id === null ? addMember(words) : changeMember(id, words)
    const saved = await call.catch(toast.showFailure)
    if (!saved) return null
    await load()
    return saved
  }

  /** An empty password takes it away. Whether the server took it. */
  async function secure({ id }: Member, name: string, password: string): Promise<boolean> {
    const saved = await setPassword(id, password).catch(toast.showFailure)
    if (!saved) return false
    toast.show(saved.has_password ? 'members.passwordSet' : 'members.passwordGone', { name })
    await load()
    return true
  }

  /** Whether the server took it. */
  async function limit(id: string, limits: Partial<MemberRights>): Promise<boolean> {
    const saved = await changeMember(id, limits).catch(toast.showFailure)
    if (saved) list.value = list.value.map((one) => (one.id === id ? saved : one))
    return Boolean(saved)
  }

  async function remove({ id }: Member, name: string): Promise<void> {
    const isDone = await removeMember(id).then(() => true, toast.showFailure)
    if (!isDone) return
    toast.show('members.removed', { name })
    await load()
  }

  const find = (id: string): Member | null => list.value.find((one) => one.id === id) ?? null

  function forget(): void {
    list.value = []
    usual.value = null
    limited.value = null
  }

  return { list, usual, limited, load, save, secure, limit, remove, find, forget }
})
