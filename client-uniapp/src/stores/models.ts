import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Model, ServerFrame } from '../protocol/frames'
import { readStored, writeStored } from '../platform/storage'
import type { OfferedModel } from '../protocol/rest'
import { fetchModels } from '../session/http'

/** Counts change with every answer and no frame tells them. */
const LOOK_EVERY_MS = 3_000

/** The server's models, what they do while somebody looks, and the one this device asks. */
export const useModelsStore = defineStore('models', () => {
  const list = shallowRef<Model[]>([])
  const chosenId = ref<string | null>(storedId())
  const activities = shallowRef<ReadonlyMap<string, OfferedModel>>(new Map())
  let looking: ReturnType<typeof setInterval> | undefined

  const current = computed<Model | null>(
    () =>
      list.value.find(({ id }) => id === chosenId.value) ??
      list.value.find((model) => model.default) ??
      list.value[0] ??
      null,
  )

  function receive(frame: ServerFrame): void {
    if (frame.type !== 'hello' && frame.type !== 'models') return
    list.value = frame.models
    if (looking !== undefined) void look()
  }

  function choose(id: string): void {
    chosenId.value = id
    writeStored('model', id)
  }

  function watchActivity(isWatched: boolean): void {
    clearInterval(looking)
    looking = isWatched ? setInterval(() => void look(), LOOK_EVERY_MS) : undefined
    if (isWatched) void look()
  }

  /** Out of reach it keeps what it saw; the connection's own banner says why. */
  async function look(): Promise<void> {
    const told = await fetchModels().catch(() => null)
    if (told) activities.value = new Map(told.models.map((model) => [model.id, model]))
  }

  return { list, current, activities, receive, choose, watchActivity }
})

function storedId(): string | null {
  const stored = readStored('model')
  return typeof stored === 'string' && stored !== '' ? stored : null
}
