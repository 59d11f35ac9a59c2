import { readdirSync } from 'node:fs'
import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'
import { COMPONENT_LAYERS, SOURCE_LAYERS } from './layers.mjs'

/** What exists on one target alone; whoever needs it asks `src/platform/`. */
const TARGET_GLOBALS = [
  'window',
  'document',
  'navigator',
  'location',
  'history',
  'localStorage',
  'sessionStorage',
  'plus',
  'wx',
].map((name) => ({ name, message: 'Only src/platform/ knows which target it runs on.' }))

const TARGET_SYNTAX = [
  {
    selector: 'MemberExpression[object.name="uni"][property.name=/^getSystemInfo/]',
    message: 'Only src/platform/ knows which target it runs on.',
  },
]

/** A page over plain http has none of these: not even src/platform/ may lean on them. */
const INSECURE_SYNTAX = [
  {
    selector: 'MemberExpression[object.name="crypto"][property.name=/^(randomUUID|subtle)$/]',
    message: 'Missing over plain http; see docs/app.md.',
  },
]

/** Only tests import it, so it has no layer. */
const TEST_FOLDER = 'testing'

/** The folders that a file in `folder` may not import: its siblings and everything above it. */
function foldersNotBelow(layers, folder) {
  const at = layers.findIndex((layer) => layer.includes(folder))
  return layers.slice(at).flat().filter((other) => other !== folder)
}

/** `up` is the way from the importing file to the layers' folder, as a regular expression. */
const importsOf = (folders, up) => ({
  regex: `^${up}(${folders.join('|')})/`,
  message: 'Imports run downwards; see layers.mjs.',
})

function layerRules(layers, root, up, inherited = []) {
  requireLayers(layers, root)
  return layers.flat().map((folder) => {
    const refused = foldersNotBelow(layers, folder)
    const patterns = [...inherited, ...(refused.length > 0 ? [importsOf(refused, up)] : [])]
    return {
      files: [`${root}/${folder}/**/*.ts`, `${root}/${folder}/**/*.vue`],
      rules: { 'no-restricted-imports': ['error', { patterns }] },
    }
  })
}

/** A new folder is given a layer, or nothing is checked. */
function requireLayers(layers, root) {
  const known = [...layers.flat(), TEST_FOLDER, 'static']
  const folders = readdirSync(root, { withFileTypes: true }).filter((one) => one.isDirectory())
  const missing = folders.map(({ name }) => name).filter((name) => !known.includes(name))
  if (missing.length > 0) throw new Error(`no layer in layers.mjs: ${root}/${missing.join(', ')}`)
}

const LAYER_RULES = [
  ...layerRules(SOURCE_LAYERS, 'src', '(\\.\\./)+'),
  ...layerRules(COMPONENT_LAYERS, 'src/components', '\\.\\./', [
    importsOf(['pages'], '(\\.\\./)+'),
  ]),
]

export default typescript.config(
  { ignores: ['dist/', 'node_modules/', 'src/protocol/frames.ts'] },
  ...typescript.configs.strict,
  ...vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: typescript.parser } } },
  {
    rules: {
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'max-len': ['error', { code: 100, ignoreStrings: true, ignoreTemplateLiterals: true }],
      'max-lines': ['error', { max: 260, skipBlankLines: true }],
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'no-restricted-syntax': ['error', ...INSECURE_SYNTAX],
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    ignores: ['src/platform/**', 'src/**/*.test.ts', 'src/testing/**'],
    rules: {
      'no-restricted-globals': ['error', ...TARGET_GLOBALS],
      'no-restricted-syntax': ['error', ...INSECURE_SYNTAX, ...TARGET_SYNTAX],
      'no-warning-comments': ['error', { terms: ['#ifdef', '#ifndef'], location: 'start' }],
    },
  },
  ...LAYER_RULES,
  prettier,
)
