import { ref, shallowRef } from 'vue'
import { HttpFailure } from '../session/failure'

/**
 * Why something could not be fetched. Without a sentence `unsaid` is what is known of it: the server
 * was out of reach, is too old to know what was asked, or broke.
 */
export interface Trouble {
  sentence: string | null
  unsaid: 'unreached' | 'unknown' | 'broken'
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
      const reply = await fetch()
      if (mine === asked) value.value = reply
    } catch (failure) {
      const reply = troubleOf(failure)
      if (mine === asked) trouble.value = reply
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
  return { sentence: failure.sentence, unsaid: unsaidOf(failure), code: failure.code }
}

function unsaidOf(failure: HttpFailure): Trouble['unsaid'] {
  if (failure.isUnknownThere) return 'unknown'
  return failure.status >= 500 ? 'broken' : 'unreached'
}
