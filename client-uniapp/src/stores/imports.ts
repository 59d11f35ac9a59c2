import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { chooseFile } from '../platform/chooseFile'
import type { Imported } from '../protocol/rest'
import { HttpFailure } from '../session/failure'
import { upload } from '../session/upload'
import { useLibraryStore } from './library'

const ENDINGS = ['json', 'zip']

/** The import of a file of conversations, and what came of the latest one. */
export const useImportsStore = defineStore('imports', () => {
  const library = useLibraryStore()
  const isRunning = ref(false)
  const imported = shallowRef<Imported | null>(null)
  /** Why nothing was imported: the server's sentence, '' where it was not reached, or null. */
  const trouble = ref<string | null>(null)

  async function choose(): Promise<void> {
    if (isRunning.value) return
    const address = await chooseFile(ENDINGS)
    if (address !== null && !isRunning.value) await send(address)
  }

  async function send(address: string): Promise<void> {
    forget()
    isRunning.value = true
    try {
      imported.value = await upload<Imported>('/import', address)
    } catch (failure) {
      if (!(failure instanceof HttpFailure)) throw failure
      trouble.value = failure.sentence ?? ''
    } finally {
      isRunning.value = false
    }
    await library.load()
  }

  function forget(): void {
    imported.value = null
    trouble.value = null
  }

  return { isRunning, imported, trouble, choose, send, forget }
})
