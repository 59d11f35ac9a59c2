import { createPinia, setActivePinia, type Pinia } from 'pinia'
import { createApp } from 'vue'
import { forgetPlugin } from '../stores/forgetPlugin'

/** A new active pinia with the app's plugins, which pinia adds only once it is part of an app. */
export function activatePinia(): Pinia {
  const pinia = createPinia().use(forgetPlugin)
  createApp({}).use(pinia)
  setActivePinia(pinia)
  return pinia
}
