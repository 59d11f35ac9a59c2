import { ref, shallowRef } from 'vue'
import { HttpFailure } from '../session/failure'

/** Why something could not be fetched; without a sentence the server was out of reach. */
export interface Trouble {
  sentence: string | null
  code: string | null
}

/** Something of the server's that is fetched when it is looked at, and how that stands. */
export function loaded<Value>(fetch: () => Promise<Value>) {
  const value = shallowRef<Value | null>(null)
  const isLoading = ref(false)
  const trouble = shallowRef<Trouble | null>(null)

  /** What was fetched before stays until there is something newer. */
  async function load(): Promise<void> {
    isLoading.value = true
    trouble.value = null
    try {
      value.value = await fetch()
    } catch (failure) {
      trouble.value = troubleOf(failure)
    } finally {
      isLoading.value = false
    }
  }

  function forget(): void {
    value.value = null
    trouble.value = null
  }

  return { value, isLoading, trouble, load, forget }
}

export function troubleOf(failure: unknown): Trouble {
  if (!(failure instanceof HttpFailure)) throw failure
  return { sentence: failure.sentence, code: failure.code }
}
