import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** uni-app's own elements stay as they are; the tests look at text and attributes only. */
const uniElements = new Set([
  'view',
  'text',
  'scroll-view',
  'rich-text',
  'image',
  'textarea',
  'page-container',
  'button',
])

export default defineConfig({
  plugins: [
    vue({ template: { compilerOptions: { isCustomElement: (tag) => uniElements.has(tag) } } }),
  ],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  // Only components and stores need a document; making one for every file takes longer than the tests.
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'plain',
          environment: 'node',
          include: ['src/**/*.test.ts'],
          exclude: ['src/{components,stores}/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          environment: 'happy-dom',
          include: ['src/{components,stores}/**/*.test.ts'],
        },
      },
    ],
  },
})
