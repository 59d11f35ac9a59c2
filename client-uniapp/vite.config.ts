import { fileURLToPath } from 'node:url'
import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'
import { slimKatexFonts } from './src/markdown/build/slim_katex_fonts'
import { shipOfflinePage } from './src/platform/build/offline_files'
import { plainElements } from './src/platform/build/plain_elements'
import { weixinSelectors } from './src/markdown/build/weixin_selectors'

// Outside of CI every build reports this machine's network address to uni-app's makers in order
// to ask for updates; nothing may leave the machine.
process.env.CI ??= 'true'

const isH5 = process.env.UNI_PLATFORM === 'h5'
const isWeixin = process.env.UNI_PLATFORM === 'mp-weixin'

type UniPlugin = typeof uniPlugin
/** In an ES module package the plugin's default export is nested once more. */
const uni: UniPlugin = (uniPlugin as unknown as { default?: UniPlugin }).default ?? uniPlugin

/** uni-h5's style sheet fetches a shadow picture from a public CDN; nothing may leave the origin. */
const keepStylesOnOrigin: Plugin = {
  name: 'keep-styles-on-origin',
  enforce: 'post',
  generateBundle(_options, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue
      file.source = String(file.source).replace(/url\((["']?)https?:[^)]*\1\)/g, 'none')
    }
  },
}

/** uni-app names a library's chunk by its path, `..-node_modules-…`, which servers may refuse. */
const nameChunksPlainly: Plugin = {
  name: 'name-chunks-plainly',
  outputOptions: (options) =>
    isH5
      ? { ...options, chunkFileNames: 'assets/[name].[hash].js' }
      : options,
}

/**
 * A mini-program puts an element of its own round every component, which would come between a
 * column and its rows; and it keeps a parent's classes from the child. Without both, layout is
 * the same on every target; Vue's scoped styles keep components apart.
 */
const dissolveHosts: Plugin = {
  name: 'dissolve-hosts',
  enforce: 'pre',
  transform(code, id) {
    if (!isWeixin || !/\/components\/[^?]*\.vue$/.test(id)) return null
    const options = "defineOptions({ options: { virtualHost: true, styleIsolation: 'shared' } })"
    return code.replace('<script setup lang="ts">', `$&\n${options}`)
  },
}

const vueOptions = {
  template: { compilerOptions: { nodeTransforms: isH5 ? [plainElements] : [] } },
}

export default defineConfig({
  // Relative, so that the page works below any path of another project's site too.
  base: isH5 ? './' : '/',
  plugins: [
    dissolveHosts,
    uni({ vueOptions }),
    keepStylesOnOrigin,
    nameChunksPlainly,
    ...(isH5 ? [shipOfflinePage] : []),
  ],
  css: {
    postcss: {
      plugins: [
        slimKatexFonts(process.env.UNI_PLATFORM !== 'h5'),
        ...(isWeixin ? [weixinSelectors()] : []),
      ],
    },
  },
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  define: {
    // Sentences are interpreted, not compiled with `new Function`: mini-programs forbid it, and
    // so does a page's content security policy.
    __INTLIFY_JIT_COMPILATION__: true,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
  },
  build: { target: 'es2018' },
})
