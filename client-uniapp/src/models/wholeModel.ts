import type { Model } from '../protocol/frames'

/** What holds of a model where a server is too old to tell it. */
const DEFAULTS = {
  languages: [],
  download: null,
  local: true,
  provider: '',
  size: null,
  memory: null,
  quantisation: '',
  licence: '',
  is_base: false,
  abilities: [],
  option_rules: [],
  resumable: true,
} satisfies Partial<Model>

/** The model with every field of the present protocol. */
export function wholeModel<Given extends Model>(model: Given): Given {
  const { download } = model
  const whole = download && { ...{ bytes_per_second: null, paused: false }, ...download }
  return { ...DEFAULTS, ...model, download: whole ?? null }
}
