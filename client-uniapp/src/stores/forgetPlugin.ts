import { getActivePinia, type Pinia, type PiniaPluginContext } from 'pinia'

declare module 'pinia' {
  // The type parameters have to be pinia's own, also where they are not used.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars
  export interface DefineStoreOptionsBase<S extends StateTree, Store> {
    /** Why the store's data outlives the removal of this device; any other store has `forget`. */
    retained?: string
  }
}

type Forget = () => void

const forgetFunctions = new WeakMap<Pinia, Map<string, Forget>>()

/**
 * Collects the `forget` of every store, for `forgetStores`. Throws where a store has none and its
 * definition gives no reason, so that a new store cannot be left out unnoticed.
 */
export function forgetPlugin({ pinia, store, options }: PiniaPluginContext): void {
  const forget: unknown = store.forget
  if (typeof forget === 'function') known(pinia).set(store.$id, () => forget())
  else if (!options.retained) throw new Error(`store ${store.$id}: no forget() and no retained`)
}

/** Empties every store of the active pinia that was used, but for those that are retained. */
export function forgetStores(): void {
  const pinia = getActivePinia()
  if (pinia) known(pinia).forEach((forget) => forget())
}

function known(pinia: Pinia): Map<string, Forget> {
  const functions = forgetFunctions.get(pinia) ?? new Map<string, Forget>()
  forgetFunctions.set(pinia, functions)
  return functions
}
