import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isToLoad } from '../models/stateNote'
import { wholeModel } from '../models/wholeModel'
import type { Model, ServerFrame } from '../protocol/frames'
import { readStored, writeStored } from '../platform/storage'
import type { OfferedModel } from '../protocol/rest'
import { HttpFailure } from '../session/failure'
import { fetchModels } from '../session/http'
import { loadModel } from '../session/models'
import { useToastStore } from './toast'

/** Counts change with every answer and no frame tells them. */
const LOOK_EVERY_MS = 3_000
/** The providers whose notice about questions leaving the computer was confirmed here. */
const KNOWN = 'remoteProviders'

/** The server's models, what they do while somebody looks, and the one this device asks. */
export const useModelsStore = defineStore(
  'models',
  () => {
    const toast = useToastStore()
    const list = shallowRef<Model[]>([])
    const chosenId = ref<string | null>(storedId())
    const activities = shallowRef<ReadonlyMap<string, OfferedModel>>(new Map())
    const knownProviders = ref<string[]>(storedProviders())
    let looking: ReturnType<typeof setInterval> | undefined

    /** The server's default where the chosen one is not there, or not any more. */
    const current = computed<Model | null>(
      () =>
        find(chosenId.value) ??
        list.value.find((model) => model.default) ??
        list.value[0] ??
        null,
    )

    function find(id: string | null): Model | null {
      return list.value.find((model) => model.id === id) ?? null
    }

    const nameOf = (id: string): string => find(id)?.name ?? id

    function receive(frame: ServerFrame): void {
      if (frame.type !== 'hello' && frame.type !== 'models') return
      list.value = frame.models.map(wholeModel)
      if (looking !== undefined) void look()
    }

    /** What the server has answered of one model; the next frame says the same of all. */
    function put(reply: OfferedModel): void {
      const model = wholeModel(reply)
      const isNew = find(model.id) === null
      list.value = isNew
        ? [...list.value, model]
        : list.value.map((old) => (old.id === model.id ? model : old))
      activities.value = new Map(activities.value).set(model.id, model)
    }

    /** Before the next frame says so, too. */
    function drop(id: string): void {
      list.value = list.value.filter((model) => model.id !== id)
    }

    /** The next message goes to it; one that is not loaded begins to be. */
    async function choose(id: string): Promise<void> {
      chosenId.value = id
      writeStored('model', id)
      const model = find(id)
      if (!model || !isToLoad(model)) return
      const reply = await loadModel(id).catch(showUnlessOld)
      if (reply) put(reply)
    }

    /** An older server loads a model with its first message alone. */
    function showUnlessOld(failure: unknown): void {
      const isOld = failure instanceof HttpFailure && failure.isUnknownThere
      if (!isOld) toast.showFailure(failure)
    }

    /** Whether choosing it is the first time that questions leave the computer for its provider. */
    const isNewProvider = ({ local, provider }: Model): boolean =>
      !local && !knownProviders.value.includes(provider)

    function acknowledge({ provider }: Model): void {
      knownProviders.value = [...knownProviders.value, provider]
      writeStored(KNOWN, knownProviders.value)
    }

    function watchActivity(isWatched: boolean): void {
      clearInterval(looking)
      looking = isWatched ? setInterval(() => void look(), LOOK_EVERY_MS) : undefined
      if (isWatched) void look()
    }

    /** Out of reach it keeps what it saw; the connection's own banner says why. */
    async function look(): Promise<void> {
      const reply = await fetchModels().catch(() => null)
      if (reply) activities.value = new Map(reply.models.map((model) => [model.id, model]))
    }

    return {
      list,
      current,
      activities,
      find,
      nameOf,
      receive,
      put,
      drop,
      choose,
      isNewProvider,
      acknowledge,
      watchActivity,
      look,
    }
  },
  { retained: 'the list is the server’s, and the choice is a preference of this device' },
)

function storedId(): string | null {
  const stored = readStored('model')
  return typeof stored === 'string' && stored !== '' ? stored : null
}

function storedProviders(): string[] {
  const stored: unknown = readStored(KNOWN)
  if (!Array.isArray(stored)) return []
  return stored.filter((name): name is string => typeof name === 'string')
}
