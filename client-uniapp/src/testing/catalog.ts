import type {
  FoundModel,
  OfferedEntry,
  ProviderAccount,
  ProviderPreset,
} from '../protocol/catalog'

/** What a server tells of models that can be added, as far as a test does not say otherwise. */
export const offeredEntry = (change: Partial<OfferedEntry> = {}): OfferedEntry => ({
  id: 'qwen3-4b',
  name: 'Qwen3 4B',
  spec: 'qwen3-4b',
  size: 2_500_000_000,
  quantisation: 'Q4_K_M',
  context_tokens: null,
  licence: 'Apache-2.0',
  languages: ['zh', 'en'],
  is_base: false,
  abilities: [],
  unusable: null,
  fit: { verdict: 'fits', memory: 3_500_000_000, tokens_per_second: 9.4 },
  listed: null,
  recommended: false,
  ...change,
})

export const foundModel = (change: Partial<FoundModel> = {}): FoundModel => ({
  spec: 'ollama/qwen3:4b',
  name: 'qwen3:4b',
  origin: 'Ollama',
  size: 1_900_000_000,
  quantisation: 'Q4_K_M',
  address: null,
  listed: null,
  unsuitable: null,
  ...change,
})

export const preset = (change: Partial<ProviderPreset> = {}): ProviderPreset => ({
  id: 'deepseek',
  name: 'DeepSeek',
  key_url: 'https://platform.deepseek.com/api_keys',
  base_url: 'https://api.deepseek.com',
  needs_key: true,
  variable: 'DEEPSEEK_API_KEY',
  notes: '',
  ...change,
})

export const account = (change: Partial<ProviderAccount> = {}): ProviderAccount => ({
  id: 'p1',
  preset: 'deepseek',
  name: 'DeepSeek',
  base_url: '',
  has_key: true,
  key_from: 'stored',
  ...change,
})
