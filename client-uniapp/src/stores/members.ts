import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import type { Member, MemberLimits } from '../protocol/household'
import type { MemberRights, MemberWords } from '../session/household'
import {
  addMember,
  changeMember,
  fetchMembers,
  removeMember,
  setPassword,
} from '../session/household'
import { useToastStore } from './toast'

/** Who has a place of their own on this server. The owner alone may ask. */
export const useMembersStore = defineStore('members', () => {
  const toast = useToastStore()
  const list = shallowRef<Member[]>([])
  /** What holds for those who have no limits of their own. */
  const usual = shallowRef<MemberLimits | null>(null)
  /** Whose limits the screen of limits is about. */
  const limited = shallowRef<string | null>(null)

  async function load(): Promise<void> {
    const told = await fetchMembers().catch(toast.tell)
    if (!told) return
    list.value = told.members
    usual.value = told.usual
  }

  /** Without an `id` it is a new one. The member as the server has it now, or null. */
  async function save(id: string | null, { name, colour }: MemberWords): Promise<Member | null> {
    const words = { name: name.trim(), colour }
    const call = id === null ? addMember(words) : changeMember(id, words)
    const saved = await call.catch(toast.tell)
    if (!saved) return null
    await load()
    return saved
  }

  /** An empty password takes it away. Whether the server took it. */
  async function secure({ id }: Member, name: string, password: string): Promise<boolean> {
    const saved = await setPassword(id, password).catch(toast.tell)
    if (!saved) return false
    toast.show(saved.has_password ? 'members.passwordSet' : 'members.passwordGone', { name })
    await load()
    return true
  }

  /** Whether the server took it. */
  async function limit(id: string, limits: Partial<MemberRights>): Promise<boolean> {
    const saved = await changeMember(id, limits).catch(toast.tell)
    if (saved) list.value = list.value.map((one) => (one.id === id ? saved : one))
    return Boolean(saved)
  }

  async function remove({ id }: Member, name: string): Promise<void> {
    const isDone = await removeMember(id).then(() => true, toast.tell)
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
