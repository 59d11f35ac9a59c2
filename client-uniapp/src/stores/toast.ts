import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { HttpFailure } from '../session/failure'

/** A sentence of the locale, and how to undo what it reports. */
export interface Toast {
  key: string
  values: Record<string, string>
  undo: (() => void) | null
}

const SHOWN_MS = 7_000

/** The one calm remark at the bottom of the page; a newer one takes its place. */
export const useToastStore = defineStore('toast', () => {
  const toast = shallowRef<Toast | null>(null)
  const sheets = ref(0)
  /** A sheet lies at the bottom, so the remark is at the top. */
  const isAbove = computed(() => sheets.value > 0)
  let timer: ReturnType<typeof setTimeout> | undefined

  function show(key: string, values: Toast['values'] = {}, undo: Toast['undo'] = null): void {
    clearTimeout(timer)
    toast.value = { key, values, undo }
    timer = setTimeout(close, SHOWN_MS)
  }

  /** Why a call failed, in the server's words where it had any. */
  function showFailure(failure: unknown): void {
    if (!(failure instanceof HttpFailure)) throw failure
    if (failure.sentence === null) show('toast.unreached')
    else show('toast.failure', { sentence: failure.sentence })
  }

  function close(): void {
    clearTimeout(timer)
    toast.value = null
  }

  /** For a sheet that opens where it lies; what can be taken back stays, above the sheet. */
  function giveWay(): void {
    sheets.value += 1
    if (toast.value?.undo === null) close()
  }

  /** For the sheet again, once it is closed. */
  function comeBack(): void {
    sheets.value -= 1
  }

  return { toast, isAbove, show, showFailure, close, giveWay, comeBack, forget: close }
})
