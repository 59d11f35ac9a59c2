import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { FoundModel, ModelChanges, NewModel, OfferedEntry } from '../protocol/catalog'
import type { Model } from '../protocol/frames'
import type { OfferedModel } from '../protocol/rest'
import {
  addModel,
  changeModel,
  fetchFound,
  fetchOffer,
  removeModel,
} from '../session/models'
import { loaded } from './loaded'
import { useModelsStore } from './models'
import { useToastStore } from './toast'

/** What the owner can make of the server's list of models. */
export const useCatalogStore = defineStore('catalog', () => {
  const toast = useToastStore()
  const models = useModelsStore()
  const offer = loaded(fetchOffer)
  const found = loaded(() => fetchFound().then((reply) => reply.found))
  /** What is being added just now, by its spec. */
  const adding = ref<string[]>([])

  /** The one in the server's list, or null; a refusal is shown. */
  async function add(wanted: NewModel): Promise<OfferedModel | null> {
    adding.value = [...adding.value, wanted.spec]
    const reply = await addModel(wanted).catch(toast.showFailure)
    adding.value = adding.value.filter((spec) => spec !== wanted.spec)
    if (!reply) return null
    models.put(reply)
    note(wanted.spec, reply.id)
    return reply
  }

  /** The offer and what was found know it from now on. */
  function note(spec: string, listed: string): void {
    const noted = <One extends { spec: string }>(one: One): One =>
      one.spec === spec ? { ...one, listed } : one
    const reply = offer.value.value
    if (reply) offer.value.value = { ...reply, entries: reply.entries.map(noted) }
    found.value.value = found.value.value?.map(noted) ?? null
  }

  /** Whether the server took it. */
  async function change(id: string, changes: ModelChanges): Promise<boolean> {
    const reply = await changeModel(id, changes).catch(toast.showFailure)
    if (reply) models.put(reply)
    return Boolean(reply)
  }

  async function remove({ id, name }: Model, withFiles: boolean): Promise<void> {
    const isDone = await removeModel(id, withFiles).then(() => true, toast.showFailure)
    if (!isDone) return
    models.drop(id)
    toast.show('models.removed', { name })
  }

  /** The model that an offered or found one has become. */
  const listedAs = ({ listed }: OfferedEntry | FoundModel): Model | null => models.find(listed)

  function forget(): void {
    offer.forget()
    found.forget()
    adding.value = []
  }

  return {
    offer: offer.value,
    offerTrouble: offer.trouble,
    isLoadingOffer: offer.isLoading,
    loadOffer: offer.load,
    found: found.value,
    foundTrouble: found.trouble,
    isLoadingFound: found.isLoading,
    loadFound: found.load,
    adding,
    add,
    change,
    remove,
    listedAs,
    forget,
  }
})
