import { readonly, shallowRef, type Ref } from 'vue'

import { loadKatex } from '../../markdown/katex_nodes'
import { turn } from './turns'

let isLoaded = false

async function fetchKatex(isReady: Ref<boolean>): Promise<void> {
  try {
    await loadKatex()
  } catch {
    // The network is gone; the source stays on the screen and the next formula tries again.
    return
  }
  isLoaded = true
  await turn()
  isReady.value = true
}

/** True once a formula can be set; asking starts the fetch. */
export function useKatex(): Readonly<Ref<boolean>> {
  const isReady = shallowRef(isLoaded)
  if (!isLoaded) void fetchKatex(isReady)
  return readonly(isReady)
}
