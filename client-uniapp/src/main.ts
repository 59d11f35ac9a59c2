import { createSSRApp } from 'vue'
import { createPinia } from 'pinia'
import App from './App.vue'
import { i18n } from './locale'
import { readPairCode } from './platform/pairCode'
import { forgetPlugin } from './stores/forgetPlugin'

/** uni-app calls this on every target; the name and shape of the answer are its contract. */
export function createApp() {
  readPairCode()
  const app = createSSRApp(App)
  app.use(createPinia().use(forgetPlugin))
  app.use(i18n)
  return { app }
}
