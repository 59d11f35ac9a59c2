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
  /** Only the answer to the last question counts. */
  let asked = 0

  /** What was fetched before stays until there is something newer. */
  async function load(): Promise<void> {
    const mine = ++asked
    isLoading.value = true
    trouble.value = null
    try {
      const told = await fetch()
      if (mine === asked) value.value = told
    } catch (failure) {
      const told = troubleOf(failure)
      if (mine === asked) trouble.value = told
    } finally {
      if (mine === asked) isLoading.value = false
    }
  }

  function forget(): void {
    asked += 1
    value.value = null
    trouble.value = null
    isLoading.value = false
  }

  return { value, isLoading, trouble, load, forget }
}

function troubleOf(failure: unknown): Trouble {
  if (!(failure instanceof HttpFailure)) throw failure
  return { sentence: failure.sentence, code: failure.code }
}
