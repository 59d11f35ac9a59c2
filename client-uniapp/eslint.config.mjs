import prettier from 'eslint-config-prettier'
import vue from 'eslint-plugin-vue'
import typescript from 'typescript-eslint'

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
  prettier,
)
