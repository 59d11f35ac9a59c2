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
  const found = loaded(() => fetchFound().then((told) => told.found))
  /** What is being added just now, by its spec. */
  const adding = ref<string[]>([])

  /** The one in the server's list, or null; what the server refuses is told. */
  async function add(wanted: NewModel): Promise<OfferedModel | null> {
    adding.value = [...adding.value, wanted.spec]
    const told = await addModel(wanted).catch(toast.tell)
    adding.value = adding.value.filter((spec) => spec !== wanted.spec)
    if (!told) return null
    models.put(told)
    note(wanted.spec, told.id)
    return told
  }

  /** The offer and what was found know it from now on. */
  function note(spec: string, listed: string): void {
    const noted = <One extends { spec: string }>(one: One): One =>
      one.spec === spec ? { ...one, listed } : one
    const told = offer.value.value
    if (told) offer.value.value = { ...told, entries: told.entries.map(noted) }
    found.value.value = found.value.value?.map(noted) ?? null
  }

  /** Whether the server took it. */
  async function change(id: string, changes: ModelChanges): Promise<boolean> {
    const told = await changeModel(id, changes).catch(toast.tell)
    if (told) models.put(told)
    return Boolean(told)
  }

  async function remove({ id, name }: Model, withFiles: boolean): Promise<void> {
    const isDone = await removeModel(id, withFiles).then(() => true, toast.tell)
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
