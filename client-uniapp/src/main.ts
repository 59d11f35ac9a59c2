import { createSSRApp } from 'vue'
import { createPinia } from 'pinia'
import App from './App.vue'
import { i18n } from './locale'
import { readPairCode } from './platform/pairCode'

/** uni-app calls this on every target; the name and shape of the answer are its contract. */
export function createApp() {
  readPairCode()
  const app = createSSRApp(App)
  app.use(createPinia())
  app.use(i18n)
  return { app }
}
