import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Persona, PersonaWords } from '../protocol/rest'
import { changePersona, createPersona, deletePersona, fetchPersonas } from '../session/http'
import { useToastStore } from './toast'

/** The personas the server supplies and this owner's own; the server alone changes them. */
export const usePersonasStore = defineStore('personas', () => {
  const toast = useToastStore()
  const supplied = shallowRef<Persona[]>([])
  const own = shallowRef<Persona[]>([])
  const all = computed(() => [...own.value, ...supplied.value])
  /** The one in the editor; without an id it is a new one. */
  const edited = ref<PersonaWords & { id: string | null }>({ id: null, name: '', prompt: '' })

  /** Whether the editor holds something that the server does not have. */
  function isChanged(): boolean {
    const { id, name, prompt } = edited.value
    const stored = own.value.find((persona) => persona.id === id)
    return name.trim() !== (stored?.name ?? '') || prompt.trim() !== (stored?.prompt ?? '')
  }

  async function load(): Promise<void> {
    const reply = await fetchPersonas().catch(toast.showFailure)
    if (!reply) return
    supplied.value = reply.supplied
    own.value = reply.own
  }

  /** Whether the server has it now. */
  async function save({ id, name, prompt }: typeof edited.value): Promise<boolean> {
    const words = { name: name.trim(), prompt: prompt.trim() }
    const call = id === null ? createPersona(words) : changePersona(id, words)
    if (!(await call.catch(toast.showFailure))) return false
    await load()
    return true
  }

  /** The server forgets at once; taken back it is made anew, with the id it had. */
  async function remove(persona: Persona): Promise<boolean> {
    const isDone = await deletePersona(persona.id).then(() => true, toast.showFailure)
    if (!isDone) return false
    const undo = () => void createPersona(persona).then(load, toast.showFailure)
    toast.show('toast.deleted', { title: persona.name }, undo)
    await load()
    return true
  }

  function forget(): void {
    supplied.value = []
    own.value = []
    edited.value = { id: null, name: '', prompt: '' }
  }

  return { supplied, own, all, edited, isChanged, load, save, remove, forget }
})
