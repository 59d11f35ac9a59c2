import type { modelsZh } from './zh'

/** A model's state, and what one should know of it. */
export const modelsEn: typeof modelsZh = {
  model: {
    absent: 'Not downloaded',
    unloaded: 'Not loaded',
    fetching: 'Downloading {percent}',
    loading: 'Loading {percent}',
    paused: 'Download paused {percent}',
    ready: 'Ready',
    failed: 'Unavailable',
    builtin: 'Built-in',
    left: {
      seconds: 'about {count} s left',
      minutes: 'about {count} min left',
      hours: 'about {count} h left',
    },
  },
  note: {
    one_at_a_time: 'This model answers one person at a time; others are queued.',
    plain_template:
      'This model has no chat template. It continues text, which may not read like a chat.',
    offloaded:
      'This model is too large for the GPU’s memory. Part of it is in RAM or on disk, which is slower.',
    little_memory: 'Less than 1.5 GB of memory was free at startup, so the smaller built-in model is used.',
    base_model:
      'This is a base model, not trained to chat. It continues the text you write.',
  },
  trait: {
    size: '{size}',
    as: '{value}',
    memory: '{size} memory',
    licence: '{value} licence',
  },
  ability: {
    reasoning: 'Thinking',
    vision: 'Vision',
    tools: 'Tools',
    embeddings: 'Embeddings',
  },
  language: {
    zh: 'Chinese',
    en: 'English',
    ja: 'Japanese',
    ko: 'Korean',
    fr: 'French',
    de: 'German',
    es: 'Spanish',
    ru: 'Russian',
    between: ', ',
    more: '{names} and more, {count} languages',
  },
  choice: {
    title: 'Model',
    hint: 'Applies from the next message',
    open: 'Choose a model, currently {name}',
    default: 'Default',
    details: 'All models',
  },
  remote: {
    short: 'Cloud',
    mark: 'Cloud · {provider}',
    notice:
      'Your questions and this conversation will be sent to {provider} and leave this computer.',
    agree: 'Use this model',
  },
  rule: {
    backend: '“{model}” runs on a backend that doesn’t support this, so it isn’t sent.',
    provider: 'The provider of “{model}” doesn’t support this, so it isn’t sent.',
    reasoning: '“{model}” doesn’t support this while thinking, so it isn’t sent.',
    bounds: '“{model}” accepts {min} to {max}.',
    brought: '“{model}” accepts {min} to {max}, so {value} is sent.',
  },
}
