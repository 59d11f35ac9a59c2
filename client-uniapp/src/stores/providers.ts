import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ProviderAccount, ProviderModel, ProviderPreset } from '../protocol/catalog'
import type { ProviderWords } from '../protocol/catalog'
import {
  addProvider,
  changeProvider,
  fetchProviderModels,
  fetchProviders,
  removeProvider,
} from '../session/models'
import { loaded } from './loaded'
import { useToastStore } from './toast'

/** The accounts at providers of models, and the one that the screen of one is about. */
export const useProvidersStore = defineStore('providers', () => {
  const toast = useToastStore()
  const list = loaded(fetchProviders)
  const presets = computed(() => list.value.value?.presets ?? [])
  const accounts = computed(() => list.value.value?.providers ?? [])
  const preset = shallowRef<ProviderPreset | null>(null)
  /** Null while there is none yet. */
  const account = shallowRef<ProviderAccount | null>(null)
  /** What the form begins with. */
  const address = shallowRef('')
  const models = loaded<ProviderModel[]>(fetchModels)

  async function fetchModels(): Promise<ProviderModel[]> {
    if (account.value === null) return []
    return (await fetchProviderModels(account.value.id)).models
  }

  /** Where it is, the key is asked for again. */
  const isKeyRefused = computed(() => models.trouble.value?.code === 'provider_key_refused')

  const presetOf = (one: ProviderAccount): ProviderPreset | null =>
    presets.value.find(({ id }) => id === one.preset) ?? null

  /** Turns to an account there is already. */
  function show(one: ProviderAccount): void {
    turnTo(presetOf(one), one)
    void models.load()
  }

  /** Turns to a preset: to its account, where one is enough for everybody, else to a new one. */
  function begin(chosen: ProviderPreset, base = ''): void {
    const known = accounts.value.find((one) => one.preset === chosen.id && one.has_key)
    if (known && chosen.base_url !== null && base === '') return show(known)
    turnTo(chosen, null)
    address.value = base
  }

  function turnTo(chosen: ProviderPreset | null, one: ProviderAccount | null): void {
    preset.value = chosen
    account.value = one
    address.value = ''
    models.forget()
  }

  /**
   * Makes the account, or changes it; its models are asked for then, unless the screen is about
   * another one by now. Whether the server took it.
   */
  async function save(words: ProviderWords): Promise<boolean> {
    const [oldAccount, oldPreset] = [account.value, preset.value]
    const saved = await stored(words).catch(toast.showFailure)
    if (!saved) return false
    const isShown = account.value === oldAccount && preset.value === oldPreset
    if (isShown) turnTo(oldPreset, saved)
    await Promise.all([list.load(), isShown ? models.load() : undefined])
    return true
  }

  async function stored(words: ProviderWords): Promise<ProviderAccount> {
    if (account.value !== null) return changeProvider(account.value.id, words)
    return addProvider({ ...words, preset: preset.value?.id ?? '' })
  }

  /** With all its models. Whether the server took it. */
  async function remove(one: ProviderAccount): Promise<boolean> {
    const isDone = await removeProvider(one.id).then(() => true, toast.showFailure)
    if (!isDone) return false
    turnTo(null, null)
    toast.show('provider.removed', { name: one.name })
    await list.load()
    return true
  }

  function forget(): void {
    list.forget()
    turnTo(null, null)
  }

  return {
    presets,
    accounts,
    isLoading: list.isLoading,
    trouble: list.trouble,
    load: list.load,
    preset,
    account,
    address,
    models: models.value,
    isLoadingModels: models.isLoading,
    modelsTrouble: models.trouble,
    loadModels: models.load,
    isKeyRefused,
    show,
    begin,
    save,
    remove,
    forget,
  }
})
