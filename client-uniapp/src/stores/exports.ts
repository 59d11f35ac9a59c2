import { defineStore } from 'pinia'
import { ref } from 'vue'
import { exportName } from '../library/exportName'
import { keepFile } from '../platform/savedFile'
import { download } from '../session/download'
import { HttpFailure } from '../session/failure'

export type ExportFormat = 'json' | 'markdown'

/** All conversations, or the one with this `id`; the file is called after `title`. */
export interface Wanted {
  format: ExportFormat
  title: string
  id?: string
}

/** What became of an export: a sentence of the locale and the file's name, or the server's words. */
export interface Outcome {
  isDone: boolean
  key: string
  name: string
  sentence: string | null
}

const ENDINGS = { json: 'json', markdown: 'md' } as const

/** One export at a time, and what came of the latest one. */
export const useExportsStore = defineStore('exports', () => {
  /** The one that runs. */
  const running = ref<Wanted | null>(null)
  const received = ref(0)
  const outcome = ref<Outcome | null>(null)

  async function begin(wanted: Wanted): Promise<void> {
    if (running.value !== null) return
    outcome.value = null
    received.value = 0
    running.value = wanted
    outcome.value = await fetchAndKeep(wanted).catch(troubleOf)
    running.value = null
  }

  async function fetchAndKeep({ format, title, id }: Wanted): Promise<Outcome> {
    const query = id === undefined ? '' : `&conversation=${id}`
    const path = `/export?format=${format}${query}`
    const address = await download(path, (bytes) => (received.value = bytes))
    const name = exportName(title, 'MyLLM', ENDINGS[format])
    const kept = await keepFile(address, name)
    if (kept === 'failed') return { ...failed, key: 'exports.notSaved' }
    return { isDone: true, key: `exports.${kept}`, name, sentence: null }
  }

  function troubleOf(failure: unknown): Outcome {
    if (!(failure instanceof HttpFailure)) throw failure
    const key = received.value > 0 ? 'exports.cut' : 'exports.unreached'
    return { ...failed, key, sentence: failure.sentence }
  }

  const forget = (): void => void (outcome.value = null)

  return { running, received, outcome, begin, forget }
})

const failed: Outcome = { isDone: false, key: '', name: '', sentence: null }
