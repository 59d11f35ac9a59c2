import type { modelsZh } from './zh'

/** A model's state, and what one should know of it. */
export const modelsEn: typeof modelsZh = {
  model: {
    absent: 'not downloaded',
    unloaded: 'not loaded',
    fetching: 'downloading {percent}',
    loading: 'loading {percent}',
    paused: 'download paused {percent}',
    ready: 'ready',
    failed: 'unavailable',
    builtin: 'built in',
    left: {
      seconds: 'about {count} s left',
      minutes: 'about {count} min left',
      hours: 'about {count} h left',
    },
  },
  note: {
    one_at_a_time: 'This model answers one person at a time; others wait in line.',
    plain_template:
      'This model brings no chat template: it continues text, which may not read like a chat.',
    offloaded:
      'This model is too large for the graphics card; part of it lies in slower memory or on the disk.',
    little_memory: 'Less than 1.5 GB of memory was free at the start, so the smaller built-in model is used.',
    base_model:
      'This is a base model that was not trained to chat: it continues the text that you write.',
  },
  trait: {
    size: '{size}',
    as: '{value}',
    memory: 'about {size} of memory',
    licence: '{value} licence',
  },
  ability: {
    reasoning: 'thinks',
    vision: 'sees pictures',
    tools: 'calls tools',
    embeddings: 'turns text into vectors for search',
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
    hint: 'from the next message on',
    open: 'Choose a model, now {name}',
    default: 'default',
    details: 'All models in detail',
  },
  remote: {
    short: 'online',
    mark: 'online · {provider}',
    notice:
      'Your questions and this conversation will be sent to {provider} and leave this computer.',
    agree: 'Use it',
  },
  rule: {
    backend: 'What runs “{model}” does not support this; it is not sent.',
    provider: 'The provider of “{model}” does not support this; it is not sent.',
    reasoning: '“{model}” thinks first and cannot take this then; it is not sent.',
    bounds: '“{model}” takes {min} to {max} only.',
    brought: '“{model}” takes {min} to {max} only, so {value} is sent.',
  },
}
